import { type GenerateKeyPair, keyPairGenerator } from './keyPairGenerator.js'
import { nodeCrypto } from './node/nodeCrypto.js'
import { nodePrimality } from './node/nodePrimes.js'
import { pauseByImmediate } from './node/pauseByImmediate.js'
import type { CryptoPort } from './port.js'

export * from './common.js'

let shared: CryptoPort | undefined

/**
 * The backend for this runtime: Node's own, with the portable one for what it lacks.
 * @example const shared = await defaultCrypto().curve('brainpoolP256r1').sharedSecret(scalar, point)
 */
export function defaultCrypto(): CryptoPort {
  shared ??= nodeCrypto()
  return shared
}

/**
 * A key pair for a simulator, an issuer of test certificates or a protocol. The same random bytes give the same key on every backend.
 * @throws CryptoError `CRYPTO_BAD_RANDOMNESS`, `CRYPTO_UNSUPPORTED`
 * @throws RangeError for a size or exponent out of range
 * @example const key = await generateKeyPair({ type: 'rsa', bits: 1536 }, systemRandom)
 */
export const generateKeyPair: GenerateKeyPair = (request, random) =>
  keyPairGenerator({ curve: (name) => defaultCrypto().curve(name), isPrime: nodePrimality, pause: pauseByImmediate })(
    request,
    random,
  )
