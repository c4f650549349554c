import { CccdError } from '@cccd/core'

/** Every code that `@cccd/qr` throws. */
export const qrErrorCodes = [
  'QR_EMPTY',
  'QR_TOO_LARGE',
  'QR_ENCODING',
  'QR_CONTROL_CHARACTER',
  'QR_NOT_A_CARD',
  'QR_FIELD_COUNT',
  'QR_PERSONAL_NUMBER',
  'QR_PREVIOUS_ID_NUMBER',
  'QR_FULL_NAME',
  'QR_DATE_OF_BIRTH',
  'QR_SEX',
  'QR_ISSUE_DATE',
  'QR_NOT_FOUND',
  'QR_DECODER',
] as const

export type QrErrorCode = (typeof qrErrorCodes)[number]

/** A text or an image that is not the QR of an identity card. Neither is ever in the error. */
export class QrError extends CccdError<QrErrorCode> {
  override readonly name = 'QrError'
}
