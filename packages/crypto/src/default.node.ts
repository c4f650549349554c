import { defaultCrypto } from './defaultCrypto.node.js'
import { type GenerateKeyPair, keyPairGenerator } from './keyPairGenerator.js'
import { nodePrimality } from './node/nodePrimes.js'
import { pauseByMacrotask } from './pause.js'

export { defaultCrypto } from './defaultCrypto.node.js'

/**
 * A key pair for a simulator, an issuer of test certificates or a protocol. The same random bytes give the same key on every backend.
 * @throws CryptoError `CRYPTO_BAD_RANDOMNESS`, `CRYPTO_UNSUPPORTED`
 * @throws RangeError for a size or exponent out of range
 * @example const key = await generateKeyPair({ type: 'rsa', bits: 1536 }, systemRandom)
 */
export const generateKeyPair: GenerateKeyPair = (request, random) =>
  keyPairGenerator({ curve: (name) => defaultCrypto().curve(name), isPrime: nodePrimality, pause: pauseByMacrotask })(
    request,
    random,
  )
