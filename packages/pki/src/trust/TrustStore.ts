import { encodeHex, encodeUtf8, type Finding } from '@cccd/core'
import type { CryptoPort, PublicKey } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import type { DistinguishedName } from '../certificate/DistinguishedName.js'
import { fingerprintOf } from '../certificate/fingerprintOf.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import type { SignatureVerdict } from '../certificate/verifySignature.js'
import type { AnchorIndex } from './AnchorIndex.js'
import { type AnchorStanding, anchorStanding } from './anchorStanding.js'
import { CertificateMemory } from './CertificateMemory.js'
import { KeyCache } from './KeyCache.js'
import type { Pin } from './pins.js'
import type { TrustAnchor } from './TrustAnchor.js'
import type { MasterListResult } from './verifyMasterList.js'

export interface TrustStoreParts {
  readonly index: AnchorIndex
  readonly pins: readonly Pin[]
  readonly masterLists: readonly MasterListResult[]
  readonly findings: readonly Finding[]
  readonly crypto: CryptoPort
  readonly allowDemo: boolean
}

/** What an operator trusts: country CAs and pinned document signers. Made by {@link createTrustStore}; it does not change. */
export class TrustStore {
  readonly pins: readonly Pin[]
  /** What became of the signature of each master list. */
  readonly masterLists: readonly MasterListResult[]
  /** Doubts about the material, e.g. certificates that could not be read. */
  readonly findings: readonly Finding[]
  /** Whether DEMO certificates count here. */
  readonly allowDemo: boolean
  readonly crypto: CryptoPort
  /** Document signers that were verified against this store. Hand it to `verifySignedData`. */
  readonly memory = new CertificateMemory()
  readonly #index: AnchorIndex
  readonly #keys = new KeyCache()
  readonly #standings = new WeakMap<CryptoPort, Map<TrustAnchor, Promise<AnchorStanding>>>()
  readonly #verdicts = new WeakMap<
    Certificate,
    { anchor: TrustAnchor; crypto: CryptoPort; verdict: Promise<SignatureVerdict> }[]
  >()
  #digest?: string

  constructor(parts: TrustStoreParts) {
    this.#index = parts.index
    this.pins = parts.pins
    this.masterLists = parts.masterLists
    this.findings = parts.findings
    this.crypto = parts.crypto
    this.allowDemo = parts.allowDemo
  }

  /** How many certificates count as anchors. */
  get size(): number {
    return this.#index.anchors.length
  }

  get anchors(): readonly TrustAnchor[] {
    return this.#index.anchors
  }

  /**
   * SHA-256, hexadecimal, over everything in the store that a verdict depends on: fingerprints and scopes of the anchors, and the
   * pins, in an order of their own. The same material loaded from other files has the same digest.
   */
  get digest(): string {
    this.#digest ??= this.#computeDigest()
    return this.#digest
  }

  /** The pin of a document signer, by the fingerprint of its certificate. A withdrawn pin hides every other one for it. */
  findPin(certificate: Certificate): Pin | undefined {
    if (this.pins.length === 0) return undefined
    const fingerprint = fingerprintOf(certificate.raw, this.crypto)
    const found = this.pins.filter((pin) => pin.fingerprint === fingerprint)
    return found.find((pin) => pin.withdrawn) ?? found[0]
  }

  /** Anchors with a key identifier. It finds candidates; only a signature tells who signed. */
  anchorsWithKeyIdentifier(keyIdentifier: Uint8Array | undefined): readonly TrustAnchor[] {
    return this.#index.byKeyIdentifier(keyIdentifier)
  }

  /** Anchors whose subject is a name, without regard to case and string type. */
  anchorsNamed(name: DistinguishedName): readonly TrustAnchor[] {
    return this.#index.byName(name)
  }

  /** Anchors of another name that call a certificate's subject their issuer: its links to a new name, if the signature is right. */
  anchorsLinkedFrom(authority: Certificate): readonly TrustAnchor[] {
    return this.#index.byIssuer(authority.subject)
  }

  /** The imported key of an anchor, kept for the life of the store. */
  keyOf(anchor: TrustAnchor, crypto: CryptoPort = this.crypto): Promise<PublicKey> {
    return this.#keys.keyOf(anchor.certificate, crypto)
  }

  /** Whether an anchor's key signed a certificate. Kept as long as the certificate object is: bytes and verdict do not change. */
  verdictOn(certificate: Certificate, anchor: TrustAnchor, crypto: CryptoPort = this.crypto): Promise<SignatureVerdict> {
    const known = this.#verdicts.get(certificate) ?? []
    const found = known.find((entry) => entry.anchor === anchor && entry.crypto === crypto)
    if (found !== undefined) return found.verdict
    const verdict = verifyCertificateSignature(certificate, () => this.keyOf(anchor, crypto))
    known.push({ anchor, crypto, verdict })
    this.#verdicts.set(certificate, known)
    return verdict
  }

  /** Who signed an anchor; found once. */
  standingOf(anchor: TrustAnchor, crypto: CryptoPort = this.crypto): Promise<AnchorStanding> {
    let standings = this.#standings.get(crypto)
    if (standings === undefined) {
      standings = new Map()
      this.#standings.set(crypto, standings)
    }
    let standing = standings.get(anchor)
    if (standing === undefined) {
      standing = anchorStanding(anchor, this.#index, this.#keys, crypto)
      standings.set(anchor, standing)
    }
    return standing
  }

  #computeDigest(): string {
    const lines = this.anchors.map(({ certificate, scopes }) => {
      const limits = scopes.map(({ documents }) => [documents].flat().sort().join('+'))
      return `anchor ${fingerprintOf(certificate.raw, this.crypto)} ${[...new Set(limits)].sort().join(' ')}`
    })
    for (const { fingerprint, from, to, withdrawn, confirmedBy } of this.pins)
      lines.push(`pin ${fingerprint} ${from ?? ''} ${to ?? ''} ${withdrawn} ${confirmedBy.length}`)
    lines.push(`demo ${this.allowDemo}`)
    return encodeHex(this.crypto.hash('sha256', encodeUtf8(lines.sort().join('\n'))))
  }
}
