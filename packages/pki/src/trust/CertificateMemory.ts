import { decodeLatin1, equalBytes } from '@cccd/core'
import type { CryptoPort, PublicKey } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { parseCertificate } from '../certificate/parseCertificate.js'
import type { SignerIdentifier } from '../cms/SignedData.js'
import { KeyCache } from './KeyCache.js'

/** Document signers of a country in use at one time are dozens; foreign data may bring any number. */
const capacity = 256

/**
 * Certificates met before: one document signer signs very many documents. The same bytes give the same object, so what was decoded,
 * imported or verified of it holds. Bounded; the one not met for longest goes first.
 */
export class CertificateMemory {
  readonly #known = new Map<string, Certificate>()
  readonly #keys = new KeyCache()
  /** Certificates at hand that a signer may mean whose own a container does not carry. */
  readonly candidates: (identifier: SignerIdentifier) => readonly Certificate[]

  constructor(candidates: (identifier: SignerIdentifier) => readonly Certificate[] = () => []) {
    this.candidates = candidates
  }

  /** The certificate of these bytes. @throws PkiError `PKI_BAD_CERTIFICATE` */
  recall(raw: Uint8Array): Certificate {
    // The end of a certificate is its signature: it finds, the whole bytes decide.
    const tail = `${raw.length} ${decodeLatin1(raw.subarray(-16))}`
    const known = this.#known.get(tail)
    const certificate = known !== undefined && equalBytes(known.raw, raw) ? known : parseCertificate(new Uint8Array(raw))
    this.#known.delete(tail)
    this.#known.set(tail, certificate)
    if (this.#known.size > capacity) this.#forgetOldest()
    return certificate
  }

  #forgetOldest(): void {
    const [oldest] = this.#known.keys()
    if (oldest !== undefined) this.#known.delete(oldest)
  }

  /** The imported key of a certificate. Rejects as `importPublicKey` and the certificate's `publicKey` do. */
  keyOf(certificate: Certificate, crypto: CryptoPort): Promise<PublicKey> {
    return this.#keys.keyOf(certificate, crypto)
  }
}
