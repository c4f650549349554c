import { CccdError, type CccdErrorOptions } from '@cccd/core'

/** Every code of a phone's NFC before and after the exchanges. */
export const nfcErrorCodes = [
  'NFC_NOT_INSTALLED',
  'NFC_UNSUPPORTED',
  'NFC_DISABLED',
  'NFC_NOT_PERMITTED',
  'NFC_BUSY',
  'NFC_WRONG_CARD',
  'NFC_TIMEOUT',
  'NFC_CANCELLED',
  'NFC_ABORTED',
  'NFC_SESSION_ENDED',
  'NFC_FAILED',
] as const

export type NfcErrorCode = (typeof nfcErrorCodes)[number]

const retryableCodes: readonly NfcErrorCode[] = ['NFC_DISABLED', 'NFC_BUSY', 'NFC_WRONG_CARD', 'NFC_TIMEOUT', 'NFC_SESSION_ENDED']

/** No NFC, no card, or the person thought better of it. What happens during an exchange is a TransportError of `@cccd/iso7816`. */
export class NfcSessionError extends CccdError<NfcErrorCode> {
  override readonly name = 'NfcSessionError'

  constructor(code: NfcErrorCode, message: string, options: CccdErrorOptions = {}) {
    super(code, message, { retryable: retryableCodes.includes(code), ...options })
  }
}
