import { assertBytes, concatBytes } from '@cccd/core'
import type { ResponseApdu } from './ResponseApdu.js'

/** The bytes of a response APDU. @throws TypeError, RangeError for data that is no byte array or a status word that is none */
export function encodeResponse(response: ResponseApdu): Uint8Array {
  const { data, sw } = response
  assertBytes(data, 'data')
  if (!Number.isInteger(sw) || sw < 0 || sw > 0xffff) throw new RangeError('sw must have two bytes')
  return concatBytes(data, Uint8Array.of(sw >> 8, sw & 0xff))
}
