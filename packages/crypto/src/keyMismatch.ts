import { CryptoError } from './CryptoError.js'

/** The error for a scheme that is not for this kind of key. */
export function keyMismatch(): CryptoError {
  return new CryptoError('CRYPTO_KEY_MISMATCH', 'the scheme is for another kind of key')
}
