import { CccdError } from '@cccd/core'

/** Every code of command and response APDUs. */
export const isoErrorCodes = ['APDU_MALFORMED', 'APDU_STATUS', 'APDU_RESPONSE_TOO_LONG'] as const

export type IsoErrorCode = (typeof isoErrorCodes)[number]

/** Bytes that are no APDU, or a status word that the caller did not accept (`sw`). */
export class IsoError extends CccdError<IsoErrorCode> {
  override readonly name = 'IsoError'
}
