import { CccdError } from '@cccd/core'

/** Every code that `@cccd/crypto` throws. */
export const cryptoErrorCodes = [
  'CRYPTO_UNSUPPORTED',
  'CRYPTO_KEY_MISMATCH',
  'CRYPTO_BAD_KEY',
  'CRYPTO_BAD_POINT',
  'CRYPTO_BAD_LENGTH',
  'CRYPTO_BAD_PADDING',
  'CRYPTO_NO_RANDOMNESS',
  'CRYPTO_BAD_RANDOMNESS',
] as const

export type CryptoErrorCode = (typeof cryptoErrorCodes)[number]

/** A key, point, length or algorithm that cannot be worked with. Never holds key material. */
export class CryptoError extends CccdError<CryptoErrorCode> {
  override readonly name = 'CryptoError'
}
