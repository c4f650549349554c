import { encodeHex, encodeUtf8, type Finding, parseTlv } from '@cccd/core'
import type { CryptoPort, PublicKey } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { type DistinguishedName, readDistinguishedName } from '../certificate/DistinguishedName.js'
import { fingerprintOf } from '../certificate/fingerprintOf.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import type { SignatureVerdict } from '../certificate/verifySignature.js'
import type { SignerIdentifier } from '../cms/SignedData.js'
import { PkiError } from '../errors.js'
import { type AnchorStanding, anchorStanding } from './anchorStanding.js'
import type { CertificateIndex } from './CertificateIndex.js'
import { CertificateMemory } from './CertificateMemory.js'
import { KeyCache } from './KeyCache.js'
import type { Pin } from './pins.js'
import type { StoredCertificate } from './StoredCertificate.js'
import type { TrustAnchor } from './TrustAnchor.js'
import type { TrustSource } from './TrustSource.js'
import type { MasterListResult } from './verifyMasterList.js'

export interface TrustStoreParts {
  readonly index: CertificateIndex<TrustAnchor>
  /** What nobody vouches for. */
  readonly others: CertificateIndex<StoredCertificate>
  readonly pins: readonly Pin[]
  readonly masterLists: readonly MasterListResult[]
  readonly sources: readonly TrustSource[]
  readonly findings: readonly Finding[]
  readonly crypto: CryptoPort
  readonly allowDemo: boolean
}

/**
 * What an operator trusts, country CAs and pinned document signers, and the certificates at hand that nobody vouches for. Made by
 * {@link createTrustStore}; it does not change.
 */
export class TrustStore {
  readonly pins: readonly Pin[]
  /** What became of the signature of each master list. */
  readonly masterLists: readonly MasterListResult[]
  /** The files and lists that its certificates came from. */
  readonly sources: readonly TrustSource[]
  /** Doubts about the material, e.g. certificates that could not be read. */
  readonly findings: readonly Finding[]
  /** Whether DEMO certificates count here. */
  readonly allowDemo: boolean
  readonly crypto: CryptoPort
  /** Document signers that were verified against this store, and those at hand. Give it to `verifySignedData`. */
  readonly memory: CertificateMemory
  readonly #index: CertificateIndex<TrustAnchor>
  readonly #others: CertificateIndex<StoredCertificate>
  readonly #keys = new KeyCache()
  readonly #standings = new WeakMap<CryptoPort, Map<TrustAnchor, Promise<AnchorStanding>>>()
  readonly #verdicts = new WeakMap<
    Certificate,
    { issuer: StoredCertificate; crypto: CryptoPort; verdict: Promise<SignatureVerdict> }[]
  >()
  #digest?: string

  constructor(parts: TrustStoreParts) {
    this.#index = parts.index
    this.#others = parts.others
    this.memory = new CertificateMemory((identifier) => signersAmong(parts.others, identifier))
    this.pins = parts.pins
    this.masterLists = parts.masterLists
    this.sources = parts.sources
    this.findings = parts.findings
    this.crypto = parts.crypto
    this.allowDemo = parts.allowDemo
  }

  /** How many certificates count as anchors. */
  get size(): number {
    return this.#index.all.length
  }

  get anchors(): readonly TrustAnchor[] {
    return this.#index.all
  }

  /** Certificates that nobody vouches for: links and document signers of files that nobody signed. None of them is an anchor. */
  get certificates(): readonly StoredCertificate[] {
    return this.#others.all
  }

  /**
   * SHA-256, hexadecimal, over everything in the store that a verdict depends on: fingerprints and scopes of the anchors, the
   * pins, and the certificates that nobody vouches for, in an order of their own. The same material loaded from other files has the same digest.
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
    return this.#index.byIssuer(authority.subject).filter(({ certificate }) => !certificate.selfIssued)
  }

  /** Certificates at hand whose key may have signed another, by key identifier or name: links. Nobody vouches for them. */
  linksAbove(certificate: Certificate): readonly StoredCertificate[] {
    const { authorityKeyIdentifier, issuer } = certificate
    return authoritiesFirst([...this.#others.byKeyIdentifier(authorityKeyIdentifier), ...this.#others.byName(issuer)])
  }

  /** Certificates at hand that call an authority their issuer. Whether its key signed them is to be verified. */
  linksBelow(authority: Certificate): readonly StoredCertificate[] {
    return authoritiesFirst(this.#others.byIssuer(authority.subject))
  }

  /** The imported key of a certificate of the store, kept for its life. */
  keyOf({ certificate }: StoredCertificate, crypto: CryptoPort = this.crypto): Promise<PublicKey> {
    return this.#keys.keyOf(certificate, crypto)
  }

  /** Whether the key of a certificate of the store signed another. Kept as long as the other is: bytes and verdict do not change. */
  verdictOn(certificate: Certificate, issuer: StoredCertificate, crypto: CryptoPort = this.crypto): Promise<SignatureVerdict> {
    const known = this.#verdicts.get(certificate) ?? []
    const found = known.find((entry) => entry.issuer === issuer && entry.crypto === crypto)
    if (found !== undefined) return found.verdict
    const verdict = verifyCertificateSignature(certificate, () => this.keyOf(issuer, crypto))
    known.push({ issuer, crypto, verdict })
    this.#verdicts.set(certificate, known)
    // What a backend failed to tell once is asked again.
    verdict.catch(() => this.#verdicts.delete(certificate))
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
      standing = anchorStanding(anchor, [this.#index], this.#keys, crypto)
      standings.set(anchor, standing)
      const kept = standings
      standing.catch(() => kept.delete(anchor))
    }
    return standing
  }

  /** Who signed a certificate that nobody vouches for, an anchor or another such; for reports. */
  standingOfOther(other: StoredCertificate): Promise<AnchorStanding<StoredCertificate>> {
    return anchorStanding(other, [this.#index, this.#others], this.#keys, this.crypto)
  }

  #computeDigest(): string {
    const lines = this.anchors.map(({ certificate, scopes }) => {
      const limits = scopes.map(({ documents }) => [documents].flat().sort().join('+'))
      return `anchor ${fingerprintOf(certificate.raw, this.crypto)} ${[...new Set(limits)].sort().join(' ')}`
    })
    for (const { fingerprint, from, to, withdrawn, confirmedBy } of this.pins)
      lines.push(`pin ${fingerprint} ${from ?? ''} ${to ?? ''} ${withdrawn} ${confirmedBy.length}`)
    for (const { raw } of this.certificates) lines.push(`other ${fingerprintOf(raw, this.crypto)}`)
    lines.push(`demo ${this.allowDemo}`)
    return encodeHex(this.crypto.hash('sha256', encodeUtf8(lines.sort().join('\n'))))
  }
}

/** Those with the key identifier, or with the issuer's name, of a signer. */
function signersAmong(others: CertificateIndex<StoredCertificate>, identifier: SignerIdentifier): readonly Certificate[] {
  if (others.all.length === 0) return []
  const found =
    identifier.type === 'key-identifier'
      ? others.byKeyIdentifier(identifier.keyIdentifier)
      : others.byIssuer(readDistinguishedName(parseTlv(identifier.issuer)))
  return found.map(({ certificate }) => certificate)
}

/** Those that can be read, each once, authorities first: what only looks alike must not take their place among those that are tried. */
function authoritiesFirst(found: readonly StoredCertificate[]): readonly StoredCertificate[] {
  const isAuthority = (stored: StoredCertificate): boolean | undefined => {
    try {
      return stored.info.isCa
    } catch (error) {
      if (error instanceof PkiError) return undefined
      throw error
    }
  }
  const all = [...new Set(found)]
  return [...all.filter((stored) => isAuthority(stored) === true), ...all.filter((stored) => isAuthority(stored) === false)]
}
