import type { CryptoPort, PublicKey } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { restrictedKey } from '../certificate/restrictedKey.js'

/** Imported public keys of certificates that stay: importing one with explicit parameters costs as much as half a verification. */
export class KeyCache {
  readonly #keys = new WeakMap<CryptoPort, WeakMap<Certificate, Promise<PublicKey>>>()

  /** The key of a certificate under a backend. Rejects as `importPublicKey` and the certificate's `publicKey` do. */
  keyOf(certificate: Certificate, crypto: CryptoPort): Promise<PublicKey> {
    let keys = this.#keys.get(crypto)
    if (keys === undefined) {
      keys = new WeakMap()
      this.#keys.set(crypto, keys)
    }
    let key = keys.get(certificate)
    if (key === undefined) {
      key = importKey(certificate, crypto)
      keys.set(certificate, key)
    }
    return key
  }
}

/** The key of a certificate that is seen once. */
export async function importKey(certificate: Certificate, crypto: CryptoPort): Promise<PublicKey> {
  const key = await crypto.importPublicKey(certificate.publicKey)
  return key.spec.type === 'rsa' ? restrictedKey(key, certificate.subjectPublicKeyInfo) : key
}
