import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { equalBytes } from '@cccd/core'
import type { ChipReading, FileName } from '@cccd/emrtd'
import { CliError } from '../errors.js'
import { fileError, kindAt, readInput } from './readInput.js'

/**
 * The reading in a folder: `reading.json`, or files named `EF_<name>.bin` or `<name>.bin`; other files are left alone. A
 * folder that has both is read from its files, the reading adds its answer of active authentication: the files are what
 * people exchange and edit.
 * @throws CliError `CLI_NO_FILE`, `CLI_NOTHING_TO_VERIFY`, `CLI_TWO_FILES`, EmrtdError `EMRTD_READING_INVALID`
 */
export async function loadReading(path: string, clock: () => number): Promise<ChipReading> {
  const { decodeReading, readingFromFiles } = await import('@cccd/emrtd')
  const { decodeUtf8 } = await import('@cccd/core')
  const kind = await kindAt(path)
  if (kind === undefined) throw new CliError('CLI_NO_FILE', 'no such folder')
  if (kind === 'file') return decodeReading(decodeUtf8(await readInput(path)))
  const names = await readdir(path).catch((cause: unknown) => {
    throw fileError(cause)
  })
  const stored = names.includes('reading.json')
    ? decodeReading(decodeUtf8(await readInput(join(path, 'reading.json'))))
    : undefined
  const files = await filesIn(path, names)
  if (Object.keys(files).length === 0) {
    if (stored === undefined) throw new CliError('CLI_NOTHING_TO_VERIFY', 'no file of a chip')
    return stored
  }
  const answer = stored?.activeAuthentication
  return readingFromFiles(files, {
    clock,
    ...(stored === undefined ? {} : { readAt: stored.readAt, fileStatus: stored.fileStatus }),
    ...(answer === undefined ? {} : { activeAuthentication: answer }),
  })
}

async function filesIn(path: string, names: readonly string[]): Promise<Partial<Record<FileName, Uint8Array>>> {
  const { fileNames } = await import('@cccd/emrtd')
  const files: Partial<Record<FileName, Uint8Array>> = {}
  for (const name of names) {
    const base = /^(?:EF[_.])?([A-Za-z0-9]+)\.bin$/i.exec(name)?.[1]?.toLowerCase()
    const file = fileNames.find((known) => known.toLowerCase() === base)
    if (file === undefined) continue
    const bytes = await readInput(join(path, name))
    // Which of two is meant, nobody can tell; judging one would seem to judge the other.
    if (!equalBytes(files[file] ?? bytes, bytes))
      throw new CliError('CLI_TWO_FILES', 'two different files have one name', { params: { file } })
    files[file] = bytes
  }
  return files
}
