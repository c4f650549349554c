import { assertBytes } from '@cccd/core'
import { IsoError } from '../errors/IsoError.js'
import type { ResponseApdu } from './ResponseApdu.js'

/** Data and status word of a response APDU; the data is a copy. @throws IsoError `APDU_MALFORMED` for fewer than two bytes or more than 65,538 */
export function decodeResponse(bytes: Uint8Array): ResponseApdu {
  assertBytes(bytes, 'bytes')
  const end = bytes.length - 2
  if (end < 0 || end > 0x10000)
    throw new IsoError('APDU_MALFORMED', 'bytes are not a response APDU', { params: { length: bytes.length } })
  return { data: bytes.slice(0, end), sw: ((bytes[end] as number) << 8) | (bytes[end + 1] as number) }
}
