import { CryptoError } from './CryptoError.js'
import type { RandomSource } from './port.js'

/** `getRandomValues` of Web Cryptography fills at most this many bytes a call. */
const quota = 65_536

/**
 * Random bytes of the runtime (`globalThis.crypto.getRandomValues`).
 * @throws CryptoError `CRYPTO_NO_RANDOMNESS` where the runtime has none; the message names the line to add
 * @throws RangeError when `length` is not a non-negative integer
 * @example systemRandom(8) // a challenge
 */
export const systemRandom: RandomSource = (length) => {
  if (!Number.isSafeInteger(length) || length < 0) throw new RangeError('length must be a non-negative integer')
  const source: Pick<Crypto, 'getRandomValues'> | undefined = globalThis.crypto
  if (typeof source?.getRandomValues !== 'function')
    throw new CryptoError(
      'CRYPTO_NO_RANDOMNESS',
      "this runtime has no crypto.getRandomValues; in React Native add `import 'react-native-get-random-values'` as the first line of index.js",
    )
  const out = new Uint8Array(length)
  for (let at = 0; at < length; at += quota) source.getRandomValues(out.subarray(at, Math.min(at + quota, length)))
  return out
}
