import { nodeCrypto } from './node/nodeCrypto.js'
import type { CryptoPort } from './port.js'

let shared: CryptoPort | undefined

/**
 * The backend for this runtime: Node's own, with the portable one for what it lacks.
 * @example const shared = await defaultCrypto().curve('brainpoolP256r1').sharedSecret(scalar, point)
 */
export function defaultCrypto(): CryptoPort {
  shared ??= nodeCrypto()
  return shared
}
