import { CryptoError } from './CryptoError.js'
import type { RandomSource } from './port.js'

/** Bytes of an injected source, checked: a source that gives another length would quietly weaken a key. */
export function randomBytes(random: RandomSource, length: number): Uint8Array {
  const bytes: unknown = random(length)
  if (!(bytes instanceof Uint8Array) || bytes.length !== length)
    throw new CryptoError('CRYPTO_BAD_RANDOMNESS', 'the random source gave another number of bytes than asked for', {
      params: { length },
    })
  return bytes
}
