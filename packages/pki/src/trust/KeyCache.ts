import type { CryptoPort, PublicKey } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { restrictedKey } from '../certificate/restrictedKey.js'

/** Imported public keys of certificates that stay: importing one with explicit parameters costs as much as half a verification. */
export class KeyCache {
  readonly #keys = new WeakMap<CryptoPort, WeakMap<Certificate, Promise<PublicKey>>>()

  /** The key of a certificate under a backend. Rejects as `importPublicKey` and the certificate's `publicKey` do. */
  keyOf(certificate: Certificate, crypto: CryptoPort): Promise<PublicKey> {
    const keys = this.#keys.get(crypto) ?? new WeakMap<Certificate, Promise<PublicKey>>()
    this.#keys.set(crypto, keys)
    const known = keys.get(certificate)
    if (known !== undefined) return known
    const key = importKey(certificate, crypto)
    keys.set(certificate, key)
    // A backend that failed once may not fail again.
    key.catch(() => keys.delete(certificate))
    return key
  }
}

/** The key of a certificate that is seen once. */
export async function importKey(certificate: Certificate, crypto: CryptoPort): Promise<PublicKey> {
  const key = await crypto.importPublicKey(certificate.publicKey)
  return key.spec.type === 'rsa' ? restrictedKey(key, certificate.subjectPublicKeyInfo) : key
}
