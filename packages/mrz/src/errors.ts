import { CccdError } from '@cccd/core'

/** Every code that `@cccd/mrz` throws. */
export const mrzErrorCodes = ['MRZ_FORMAT', 'MRZ_CHARACTER', 'MRZ_FIELD', 'MRZ_DATE', 'MRZ_CHECK_DIGIT'] as const

export type MrzErrorCode = (typeof mrzErrorCodes)[number]

/** Text that is not a machine readable zone. The text itself is never in the error. */
export class MrzError extends CccdError<MrzErrorCode> {
  override readonly name = 'MrzError'
}
