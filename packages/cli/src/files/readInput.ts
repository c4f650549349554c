import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { concatBytes } from '@cccd/core'
import { CliError } from '../errors.js'

const maxLength = 32 * 1024 * 1024

/** The bytes of a file named on the command line. @throws CliError `CLI_NO_FILE`, `CLI_FILE_UNREADABLE`, `CLI_FILE_TOO_LARGE` */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > maxLength) throw tooLarge(size)
    // Counted while reading: a device has no size and no end.
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of createReadStream(path)) {
      length += part.length
      if (length > maxLength) throw tooLarge(length)
      parts.push(part)
    }
    return concatBytes(...parts)
  } catch (cause) {
    throw fileError(cause)
  }
}

function tooLarge(length: number): CliError {
  return new CliError('CLI_FILE_TOO_LARGE', 'file is larger than allowed', { params: { length } })
}

/** Whether something stands at a path. */
export async function kindAt(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    // ENOENT, or a QR payload that no file system takes for a name.
    return undefined
  }
}

/** A file system error in our words. The path is left out: a QR payload given for a file would be quoted. */
export function fileError(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('syscall' in cause)) return cause
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown'
  if (code === 'ENOENT' || code === 'ENOTDIR') return new CliError('CLI_NO_FILE', 'no such file or folder', { cause })
  return new CliError('CLI_FILE_UNREADABLE', 'file cannot be read or written', { params: { reason: code }, cause })
}
