import { assertBytes, markPersonal } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import { type FileName, isFileName } from '../lds/fileNames.js'
import { maxFileLength } from '../lds/openFile.js'
import type { ChipReading, FileStatus } from './ChipReading.js'

export interface ReadingFromFilesOptions {
  /** The challenge that the chip signed and its answer, without status word. An empty challenge: the sender did not say. */
  readonly activeAuthentication?: { readonly challenge: Uint8Array; readonly response?: Uint8Array }
  /** What is known of files that are not here. */
  readonly fileStatus?: Partial<Record<FileName, FileStatus>>
  /** ISO 8601 instant of the reading (default: now). */
  readonly readAt?: string
  /** Milliseconds since 1970, for the default of `readAt`. */
  readonly clock?: () => number
}

/**
 * A reading from files that somebody else read: a directory, an upload, a database. The bytes are copied and never changed.
 * Nobody of this process saw the chip, so checks of the live channel will be `inconclusive: not-observed`.
 *
 * @throws TypeError for a name that is no file or a value that is no Uint8Array
 * @throws EmrtdError `EMRTD_FILE_TOO_LARGE`
 * @example
 * const reading = readingFromFiles({ SOD: sod, DG1: dg1, DG15: dg15 }, { activeAuthentication: { challenge, response } })
 */
export function readingFromFiles(
  files: Readonly<Partial<Record<FileName, Uint8Array>>>,
  options: ReadingFromFilesOptions = {},
): ChipReading {
  const kept: Partial<Record<FileName, Uint8Array>> = {}
  const fileStatus: Partial<Record<FileName, FileStatus>> = { ...options.fileStatus }
  for (const [name, bytes] of Object.entries(files)) {
    if (!isFileName(name)) throw new TypeError('files must be named as in fileNames')
    if (bytes === undefined) continue
    assertBytes(bytes, name)
    if (bytes.length > maxFileLength(name))
      throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'file is larger than allowed', {
        params: { file: name, length: bytes.length },
      })
    kept[name] = new Uint8Array(bytes)
    fileStatus[name] = { status: 'read' }
  }
  const { activeAuthentication, readAt = new Date((options.clock ?? Date.now)()).toISOString() } = options
  const reading: ChipReading = {
    version: 1,
    readAt,
    files: kept,
    fileStatus,
    ...(activeAuthentication === undefined ? {} : { activeAuthentication: transcript(activeAuthentication) }),
    timing: [],
  }
  return markPersonal(reading, 'ChipReading')
}

function transcript({ challenge, response }: NonNullable<ReadingFromFilesOptions['activeAuthentication']>) {
  assertBytes(challenge, 'challenge')
  if (response === undefined) return { challenge: new Uint8Array(challenge), sw: 0x6f00 }
  assertBytes(response, 'response')
  return { challenge: new Uint8Array(challenge), response: new Uint8Array(response), sw: 0x9000 }
}
