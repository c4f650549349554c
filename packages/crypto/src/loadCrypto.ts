import type { CryptoPort } from './port.js'

/**
 * {@link defaultCrypto}, its code loaded when it is first asked for: an application that hands in a backend of its own, or that has
 * not met a card yet, does not carry it.
 * @example const crypto = options.crypto ?? (await loadCrypto())
 */
export async function loadCrypto(): Promise<CryptoPort> {
  const { defaultCrypto } = await import('./defaultCrypto.js')
  return defaultCrypto()
}
