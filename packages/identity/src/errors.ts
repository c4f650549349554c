import { CccdError } from '@cccd/core'

/** Every code that `@cccd/identity` throws. */
export const identityErrorCodes = [
  'IDENTITY_PERSONAL_NUMBER',
  'IDENTITY_PREVIOUS_NUMBER',
  'IDENTITY_DATE',
  'IDENTITY_SEX',
  'IDENTITY_NAME',
] as const

export type IdentityErrorCode = (typeof identityErrorCodes)[number]

/** Text that is not what a Vietnamese identity document may hold. The text itself is never in the error. */
export class IdentityError extends CccdError<IdentityErrorCode> {
  override readonly name = 'IdentityError'
}
