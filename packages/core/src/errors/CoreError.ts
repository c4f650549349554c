import { CccdError } from './CccdError.js'

/** Every code that `@cccd/core` itself throws. */
export const coreErrorCodes = [
  'UTF8_INVALID',
  'CURSOR_END',
  'TLV_TRUNCATED',
  'TLV_TOO_LARGE',
  'TLV_TOO_DEEP',
  'TLV_TRAILING_BYTES',
  'TLV_BAD_LENGTH',
  'TLV_BAD_TAG',
  'TLV_UNEXPECTED_TAG',
  'DER_BAD_VALUE',
  'JSON_INVALID',
] as const

export type CoreErrorCode = (typeof coreErrorCodes)[number]

/** Bytes that are not what they must be: TLV, DER, UTF-8, JSON. */
export class CoreError extends CccdError<CoreErrorCode> {
  override readonly name = 'CoreError'
}
