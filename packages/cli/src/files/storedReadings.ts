import { opendir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isCccdError } from '@cccd/core'
import { loadReading } from './loadReading.js'
import { fileError, kindAt, readInput } from './readInput.js'

/** The security object of one stored reading, and when it was read. */
export interface StoredReading {
  readonly sod: Uint8Array
  readonly seenAt: string
  /** A report beside it says that the ministry's service confirmed these files. */
  readonly confirmed: boolean
}

const maxDepth = 6

/**
 * The stored readings at and below paths, one at a time: folders as `cccd read` writes them, and readings as JSON. What is none of these is
 * counted by `skipped`.
 * @throws CliError `CLI_NO_FILE`, `CLI_FILE_UNREADABLE`
 */
export async function* storedReadings(
  paths: readonly string[],
  clock: () => number,
  skipped: () => void,
): AsyncGenerator<StoredReading> {
  for (const path of paths) yield* below(path, clock, skipped, 0)
}

async function* below(path: string, clock: () => number, skipped: () => void, depth: number): AsyncGenerator<StoredReading> {
  if ((await kindAt(path)) !== 'folder') {
    const reading = await readingAt(path, path, clock)
    if (reading === undefined) skipped()
    else yield reading
    return
  }
  const files: string[] = []
  const folders: string[] = []
  try {
    // A pipe or a device would never end.
    for await (const entry of await opendir(path))
      if (entry.isDirectory()) folders.push(entry.name)
      else if (entry.isFile() || entry.isSymbolicLink()) files.push(entry.name)
  } catch (cause) {
    throw fileError(cause)
  }
  if (files.some((name) => name === 'reading.json' || /^(?:EF[_.])?SOD\.bin$/i.test(name))) {
    const reading = await readingAt(path, join(path, 'report.json'), clock)
    if (reading === undefined) skipped()
    else yield reading
  } else
    for (const name of files.sort()) {
      const file = join(path, name)
      const reading = name.endsWith('.json') ? await readingAt(file, file, clock) : undefined
      if (reading === undefined) skipped()
      else yield reading
    }
  if (depth < maxDepth) for (const name of folders.sort()) yield* below(join(path, name), clock, skipped, depth + 1)
}

async function readingAt(path: string, report: string, clock: () => number): Promise<StoredReading | undefined> {
  try {
    const { files, readAt } = await loadReading(path, clock)
    if (files.SOD === undefined) return undefined
    const confirmed = basename(report) === 'report.json' && (await isConfirmed(report))
    return { sod: files.SOD, seenAt: readAt, confirmed }
  } catch (error) {
    // Told apart by the caller's path: one that was named and is not there must be said.
    if (isCccdError(error, 'CLI_NO_FILE') || !isCccdError(error)) throw error
    return undefined
  }
}

/** Whether a stored report says that `online.issuer` passed. */
async function isConfirmed(path: string): Promise<boolean> {
  if ((await kindAt(path)) !== 'file') return false
  const { decodeUtf8 } = await import('@cccd/core')
  try {
    const report: unknown = JSON.parse(decodeUtf8(await readInput(path)))
    if (typeof report !== 'object' || report === null || !('checks' in report) || !Array.isArray(report.checks)) return false
    return report.checks.some(
      (check: unknown) =>
        typeof check === 'object' &&
        check !== null &&
        'id' in check &&
        'status' in check &&
        check.id === 'online.issuer' &&
        check.status === 'passed',
    )
  } catch {
    return false
  }
}
