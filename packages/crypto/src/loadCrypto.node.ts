import { defaultCrypto } from './defaultCrypto.node.js'
import type { CryptoPort } from './port.js'

/**
 * {@link defaultCrypto} for code that also runs where the backend is loaded when it is first asked for.
 * @example const crypto = options.crypto ?? (await loadCrypto())
 */
export async function loadCrypto(): Promise<CryptoPort> {
  return defaultCrypto()
}
