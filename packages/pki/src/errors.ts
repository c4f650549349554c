import { CccdError, type CccdErrorOptions, isCccdError } from '@cccd/core'

/** Every code that `@cccd/pki` itself throws. */
export const pkiErrorCodes = [
  'PKI_BAD_CERTIFICATE',
  'PKI_BAD_PUBLIC_KEY',
  'PKI_UNKNOWN_CURVE',
  'PKI_UNSUPPORTED_ALGORITHM',
  'PKI_BAD_SIGNED_DATA',
  'PKI_BAD_MASTER_LIST',
  'PKI_MASTER_LIST_REFUSED',
  'PKI_BAD_REVOCATION_LIST',
  'PKI_BAD_OCSP',
  'PKI_BAD_TIMESTAMP',
  'PKI_BAD_DEVIATION_LIST',
  'PKI_BAD_PEM',
  'PKI_BAD_LDIF',
  'PKI_BAD_TRUST_STORE',
  'PKI_BAD_PIN',
  'PKI_BAD_PIN_FILE',
  'PKI_PIN_FILE_BUSY',
  'PKI_PIN_REFUSED',
  'PKI_TOO_MANY_SIGNERS',
  'PKI_DEMO_REFUSED',
  'PKI_PATH_UNREADABLE',
  'PKI_NO_TRUST_MATERIAL',
] as const

export type PkiErrorCode = (typeof pkiErrorCodes)[number]

/** A certificate, list, key, signature container or pin that cannot be used. */
export class PkiError extends CccdError<PkiErrorCode> {
  override readonly name = 'PkiError'
}

/** Runs a parser and gives what goes wrong in its bytes the code of the structure that was being read. */
export function withCode<Value>(code: PkiErrorCode, message: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof PkiError || !isCccdError(error)) throw error
    const options: CccdErrorOptions = { cause: error }
    throw new PkiError(code, message, options)
  }
}

/** As {@link withCode}, also for the errors of structures that a message is made of: a bad name inside an OCSP answer is a bad OCSP answer. */
export function recoded<Value>(code: PkiErrorCode, message: string, read: () => Value): Value {
  try {
    return withCode(code, message, read)
  } catch (error) {
    if (!(error instanceof PkiError) || error.code === code) throw error
    throw new PkiError(code, message, { cause: error })
  }
}
