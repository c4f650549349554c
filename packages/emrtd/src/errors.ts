import { CccdError } from '@cccd/core'

/** Every code that `@cccd/emrtd` itself throws. */
export const emrtdErrorCodes = [
  // bytes of the chip
  'EMRTD_FILE_TOO_LARGE',
  'EMRTD_FILE_MALFORMED',
  'EMRTD_SECURITY_INFOS_MALFORMED',
  'EMRTD_SOD_MALFORMED',
  'EMRTD_FACE_MALFORMED',
  'EMRTD_FACE_UNSUPPORTED',
  // readings and reports
  'EMRTD_READING_INVALID',
  'NOT_VERIFIED',
  // access
  'EMRTD_APPLICATION_NOT_FOUND',
  'EMRTD_ACCESS_DENIED',
  'EMRTD_ACCESS_INPUT',
  'PACE_NOT_OFFERED',
  'PACE_UNSUPPORTED',
  'PACE_WRONG_PASSWORD',
  'PACE_SUSPENDED',
  'PACE_BLOCKED',
  'PACE_DEACTIVATED',
  'PACE_FAILED',
  'PACE_BAD_ANSWER',
  'BAC_WRONG_KEY',
  'BAC_FAILED',
  'BAC_BAD_ANSWER',
  // secure messaging, files, authentication
  'SM_BAD_ANSWER',
  'SM_MAC_WRONG',
  'SM_CHANNEL_LOST',
  'EMRTD_FILE_STATUS',
  'EMRTD_FILE_LENGTH',
  'CHIP_AUTHENTICATION_FAILED',
  'CHIP_AUTHENTICATION_UNSUPPORTED',
  'ACTIVE_AUTHENTICATION_FAILED',
  'DIFFERENT_CARD',
] as const

export type EmrtdErrorCode = (typeof emrtdErrorCodes)[number]

/** A chip's files or answers that are not what Doc 9303-10/-11 says, or a document that is not proven. */
export class EmrtdError extends CccdError<EmrtdErrorCode> {
  override readonly name = 'EmrtdError'
}
