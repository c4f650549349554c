import type { Certificate } from '../certificate/Certificate.js'
import type { CertificateInfo } from '../certificate/describeCertificate.js'
import { supportedKey } from '../certificate/supportedKey.js'
import { certificateWeaknesses } from '../certificate/weaknessesOf.js'
import type { AnchorScope } from './anchorScope.js'
import type { AnchorStanding } from './anchorStanding.js'
import type { StoredCertificate } from './StoredCertificate.js'

/** What is counted of the certificates of a trust store. Plain data. */
export interface TrustCounts {
  /** Issuer and subject are the same name. */
  readonly selfIssued: number
  /** The certificate's own key verifies its signature. */
  readonly selfSigned: number
  /** Self-issued, but not signed by the own key: links that keep the name. */
  readonly sameNameLinks: number
  /** Issuer and subject differ: links that change the name, and certificates of list signers. */
  readonly otherName: number
  /** Signature verified under a key of the store, the certificate's own included. */
  readonly verified: number
  /** Where the verifying key was found. */
  readonly verifiedBy: { readonly itself: number; readonly keyIdentifier: number; readonly name: number }
  /** Links whose key is of another type than that of their signer. */
  readonly algorithmChanges: number
  /** No key of the store is named as the signer's, or none of that name verifies. */
  readonly withoutSigner: readonly CertificateInfo[]
  /** A key with the right identifier is there and the signature is not its own. */
  readonly wrongSignatures: readonly CertificateInfo[]
  /** Algorithms, curves or keys that this SDK cannot compute. */
  readonly unsupported: readonly CertificateInfo[]
  /** By type and size: `rsa 4096`, `ec brainpoolP384r1`. */
  readonly keys: Readonly<Record<string, number>>
  readonly signatureAlgorithms: Readonly<Record<string, number>>
  readonly countries: Readonly<Record<string, number>>
  readonly notCa: number
  readonly expired: number
  /** Keys below today's sizes, and SHA-1 under signatures. */
  readonly weak: number
  readonly scoped: readonly { readonly subject: string; readonly scopes: readonly AnchorScope[] }[]
}

/** Adds up what {@link inspectTrustMaterial} reports. */
export class TrustTally {
  readonly #at: string
  readonly #keys = new Map<string, number>()
  readonly #algorithms = new Map<string, number>()
  readonly #countries = new Map<string, number>()
  readonly #withoutSigner: CertificateInfo[] = []
  readonly #wrong: CertificateInfo[] = []
  readonly #unsupported: CertificateInfo[] = []
  readonly #scoped: { subject: string; scopes: readonly AnchorScope[] }[] = []
  readonly #verifiedBy = { itself: 0, keyIdentifier: 0, name: 0 }
  #selfIssued = 0
  #otherName = 0
  #algorithmChanges = 0
  #notCa = 0
  #expired = 0
  #weak = 0

  constructor(at: string) {
    this.#at = at
  }

  /** @throws PkiError when a field of the certificate is malformed; then nothing of it is counted */
  add(
    { certificate, info }: StoredCertificate,
    standing: AnchorStanding<StoredCertificate>,
    scopes: readonly AnchorScope[],
  ): void {
    const { publicKey } = info
    const key =
      publicKey.type === 'rsa' ? `rsa ${publicKey.bits}` : publicKey.type === 'ec' ? `ec ${publicKey.curve}` : 'unsupported'
    count(this.#keys, key)
    count(this.#algorithms, info.signatureAlgorithm)
    count(this.#countries, info.country ?? '')
    if (certificate.selfIssued) this.#selfIssued++
    else this.#otherName++
    if (!info.isCa) this.#notCa++
    if (info.notAfter < this.#at) this.#expired++
    if (certificateWeaknesses('certificate', certificate).length > 0) this.#weak++
    if (scopes.length > 0) this.#scoped.push({ subject: info.subject, scopes })
    this.#addStanding(standing, certificate, info)
    if (publicKey.type === 'unsupported' && standing.type !== 'unsupported') this.#unsupported.push(info)
  }

  #addStanding(standing: AnchorStanding<StoredCertificate>, certificate: Certificate, info: CertificateInfo): void {
    switch (standing.type) {
      case 'self-signed':
        this.#verifiedBy.itself++
        break
      case 'link':
        this.#verifiedBy[standing.matched === 'name' ? 'name' : 'keyIdentifier']++
        if (changesAlgorithm(certificate, standing.signer.certificate)) this.#algorithmChanges++
        break
      case 'no-signer':
        this.#withoutSigner.push(info)
        break
      case 'wrong':
        this.#wrong.push(info)
        break
      case 'unsupported':
        this.#unsupported.push(info)
    }
  }

  counts(): TrustCounts {
    const { itself, keyIdentifier, name } = this.#verifiedBy
    return {
      selfIssued: this.#selfIssued,
      selfSigned: itself,
      sameNameLinks: this.#selfIssued - itself,
      otherName: this.#otherName,
      verified: itself + keyIdentifier + name,
      verifiedBy: { itself, keyIdentifier, name },
      algorithmChanges: this.#algorithmChanges,
      withoutSigner: this.#withoutSigner,
      wrongSignatures: this.#wrong,
      unsupported: this.#unsupported,
      keys: sorted(this.#keys),
      signatureAlgorithms: sorted(this.#algorithms),
      countries: sorted(this.#countries),
      notCa: this.#notCa,
      expired: this.#expired,
      weak: this.#weak,
      scoped: this.#scoped,
    }
  }
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

function sorted(map: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function changesAlgorithm(a: Certificate, b: Certificate): boolean {
  return supportedKey(a)?.type !== supportedKey(b)?.type
}
