import { defaultCrypto } from './defaultCrypto.js'
import { type GenerateKeyPair, keyPairGenerator } from './keyPairGenerator.js'
import { pauseByMacrotask } from './pause.js'
import { millerRabin } from './rsa/primes.js'

export { defaultCrypto } from './defaultCrypto.js'

/**
 * A key pair for a simulator, an issuer of test certificates or a protocol. The same random bytes give the same key on every backend.
 * @throws CryptoError `CRYPTO_BAD_RANDOMNESS`, `CRYPTO_UNSUPPORTED`
 * @throws RangeError for a size or exponent out of range
 * @example const key = await generateKeyPair({ type: 'rsa', bits: 1536 }, systemRandom)
 */
export const generateKeyPair: GenerateKeyPair = (request, random) =>
  keyPairGenerator({ curve: (name) => defaultCrypto().curve(name), isPrime: millerRabin, pause: pauseByMacrotask })(
    request,
    random,
  )
