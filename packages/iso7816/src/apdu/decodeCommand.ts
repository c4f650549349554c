import { assertBytes } from '@cccd/core'
import { IsoError } from '../errors/IsoError.js'
import type { CommandApdu } from './CommandApdu.js'

/** A decoded command, and whether its length fields were extended. */
export interface DecodedCommand extends CommandApdu {
  readonly extended: boolean
}

/**
 * The command in the bytes of an APDU, all seven cases (ISO/IEC 7816-3, 12.1.3). The data is a copy.
 *
 * @throws IsoError `APDU_MALFORMED` when the length fields do not account for every byte
 */
export function decodeCommand(bytes: Uint8Array): DecodedCommand {
  assertBytes(bytes, 'bytes')
  const [cla, ins, p1, p2, first = 0] = bytes
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) throw malformed(bytes)
  const header = { cla, ins, p1, p2 }
  if (bytes.length === 4) return { ...header, extended: false }
  if (bytes.length === 5) return { ...header, le: first === 0 ? 0x100 : first, extended: false }
  const extended = first === 0
  const lengthAt = (offset: number): number => ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0)
  if (extended && bytes.length === 7) return { ...header, le: lengthAt(5) || 0x10000, extended }

  const start = extended ? 7 : 5
  const lc = extended ? lengthAt(5) : first
  const end = start + lc
  const rest = bytes.length - end
  if (bytes.length < start || lc === 0 || (rest !== 0 && rest !== (extended ? 2 : 1))) throw malformed(bytes)
  const data = bytes.slice(start, end)
  if (rest === 0) return { ...header, data, extended }
  const le = extended ? lengthAt(end) || 0x10000 : (bytes[end] as number) || 0x100
  return { ...header, data, le, extended }
}

function malformed(bytes: Uint8Array): IsoError {
  return new IsoError('APDU_MALFORMED', 'bytes are not a command APDU', { params: { length: bytes.length } })
}
