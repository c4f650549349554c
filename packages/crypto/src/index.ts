import { type GenerateKeyPair, keyPairGenerator } from './keyPairGenerator.js'
import { pauseByTimer } from './pause.js'
import type { CryptoPort } from './port.js'
import { portableCrypto } from './portable/portableCrypto.js'
import { millerRabin } from './rsa/primes.js'

export * from './common.js'

let shared: CryptoPort | undefined

/**
 * The backend for this runtime: here the portable one; under Node, where the package resolves by the `node` condition, Node's own
 * with the portable one for what it lacks.
 * @example const shared = await defaultCrypto().curve('brainpoolP256r1').sharedSecret(scalar, point)
 */
export function defaultCrypto(): CryptoPort {
  shared ??= portableCrypto()
  return shared
}

/**
 * A key pair for a simulator, an issuer of test certificates or a protocol. The same random bytes give the same key on every backend.
 * @throws CryptoError `CRYPTO_BAD_RANDOMNESS`, `CRYPTO_UNSUPPORTED`
 * @throws RangeError for a size or exponent out of range
 * @example const key = await generateKeyPair({ type: 'rsa', bits: 1536 }, systemRandom)
 */
export const generateKeyPair: GenerateKeyPair = (request, random) =>
  keyPairGenerator({ curve: (name) => defaultCrypto().curve(name), isPrime: millerRabin, pause: pauseByTimer })(request, random)
