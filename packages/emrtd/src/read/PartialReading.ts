import { markPersonal } from '@cccd/core'
import type { FileName } from '../lds/fileNames.js'
import type { ActiveAuthenticationTranscript, FileStatus } from '../reading/ChipReading.js'
import type { ChipLimits } from './ChipLimits.js'

/** What has been read of one file. */
export interface PartialFile {
  /** As long as the file says it is; bytes from `received` on are not read yet. */
  readonly bytes: Uint8Array
  received: number
}

/**
 * What a caller keeps over a lost link: hand the same object to the next `readChip` as `into`, and reading goes on at the first
 * missing byte. Belongs to one card; personal data.
 */
export interface PartialReading {
  readonly files: Partial<Record<FileName, PartialFile>>
  readonly fileStatus: Partial<Record<FileName, FileStatus>>
  activeAuthentication?: ActiveAuthenticationTranscript
  /** What the chip showed of its limits so far. */
  chipLimits?: ChipLimits
}

/**
 * An empty partial reading.
 * @example
 * const partial = createPartialReading()
 * try { reading = await readChip(channel, { access, into: partial }) }
 * catch (error) { if (isCccdError(error, 'LINK_LOST')) reading = await readChip(await tapAgain(), { access, into: partial }) }
 */
export function createPartialReading(): PartialReading {
  return markPersonal({ files: {}, fileStatus: {} }, 'PartialReading')
}

/** Whether every byte of a file is there. */
export function isComplete(file: PartialFile | undefined): file is PartialFile {
  return file !== undefined && file.received === file.bytes.length
}
