import type { CryptoPort } from './port.js'
import { portableCrypto } from './portable/portableCrypto.js'

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
