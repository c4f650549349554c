import { equalBytes, integerBytes, parseTlv, readBitString, readTime, type TlvNode } from '@cccd/core'
import type { PublicKeySpec } from '@cccd/crypto'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { withCode } from '../errors.js'
import { type CertificateLayout, certificateLayout } from './certificateLayout.js'
import { attributeOf, type DistinguishedName, readDistinguishedName } from './DistinguishedName.js'
import {
  type Extension,
  extensionOids,
  type KeyUsage,
  type PrivateKeyUsagePeriod,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readDocumentTypes,
  readExtendedKeyUsage,
  readExtensions,
  readKeyIdentifier,
  readKeyUsage,
  readPrivateKeyUsagePeriod,
} from './extensions.js'
import { parsePublicKeyInfo } from './parsePublicKeyInfo.js'

/**
 * An X.509 certificate over its original bytes. Its layout is checked when it is parsed, each field is decoded when it is first
 * asked for; a getter throws PkiError `PKI_BAD_CERTIFICATE` when its field is malformed. Only `raw` is data of its own:
 * hand `raw` to another thread, not the object.
 */
export class Certificate {
  readonly raw: Uint8Array
  readonly #layout: CertificateLayout
  #issuer?: DistinguishedName
  #subject?: DistinguishedName
  #validity?: readonly [string, string]
  #publicKey?: PublicKeySpec
  #signatureAlgorithm?: AlgorithmIdentifier
  #extensions?: readonly Extension[]
  readonly #values = new Map<string, unknown>()

  constructor(raw: Uint8Array) {
    this.raw = raw
    this.#layout = field(() => certificateLayout(raw))
  }

  /** The content of the serial number's INTEGER as it stands there: up to 20 bytes, negative ones exist (in all lists). */
  get serialNumber(): Uint8Array {
    return field(() => integerBytes(this.#node('serialNumber', 'innerAlgorithm')))
  }

  get issuer(): DistinguishedName {
    this.#issuer ??= field(() => readDistinguishedName(this.#node('issuer', 'validity')))
    return this.#issuer
  }

  get subject(): DistinguishedName {
    this.#subject ??= field(() => readDistinguishedName(this.#node('subject', 'publicKeyInfo')))
    return this.#subject
  }

  /** ISO 8601 UTC. */
  get notBefore(): string {
    return this.#period()[0]
  }

  /** ISO 8601 UTC. */
  get notAfter(): string {
    return this.#period()[1]
  }

  /** The SubjectPublicKeyInfo as it stands there. */
  get subjectPublicKeyInfo(): Uint8Array {
    return this.#part('publicKeyInfo', 'publicKeyInfoEnd')
  }

  /** @throws PkiError as {@link parsePublicKeyInfo} */
  get publicKey(): PublicKeySpec {
    this.#publicKey ??= parsePublicKeyInfo(this.subjectPublicKeyInfo)
    return this.#publicKey
  }

  /** The signed bytes (TBSCertificate). */
  get tbs(): Uint8Array {
    return this.#part('tbs', 'algorithm')
  }

  get signatureAlgorithm(): AlgorithmIdentifier {
    this.#signatureAlgorithm ??= field(() => readAlgorithmIdentifier(this.#node('algorithm', 'signature')))
    return this.#signatureAlgorithm
  }

  /** The algorithm as the signed part names it: it must be {@link signatureAlgorithm} (RFC 5280 4.1.1.2). */
  get tbsSignatureAlgorithm(): AlgorithmIdentifier {
    return field(() => readAlgorithmIdentifier(this.#node('innerAlgorithm', 'issuer')))
  }

  get signature(): Uint8Array {
    return field(() => readBitString(this.#node('signature')).bytes)
  }

  get extensions(): readonly Extension[] {
    this.#extensions ??= field(() => this.#readExtensions())
    return this.#extensions
  }

  /** subjectKeyIdentifier. */
  get keyIdentifier(): Uint8Array | undefined {
    return this.#extension(extensionOids.subjectKeyIdentifier, readKeyIdentifier)
  }

  get authorityKeyIdentifier(): Uint8Array | undefined {
    return this.#extension(extensionOids.authorityKeyIdentifier, readAuthorityKeyIdentifier)
  }

  /** Whether basicConstraints says so; without the extension it is none. */
  get isCa(): boolean {
    return this.#extension(extensionOids.basicConstraints, readBasicConstraints)?.isCa ?? false
  }

  get pathLength(): number | undefined {
    return this.#extension(extensionOids.basicConstraints, readBasicConstraints)?.pathLength
  }

  get keyUsage(): readonly KeyUsage[] | undefined {
    return this.#extension(extensionOids.keyUsage, readKeyUsage)
  }

  /** Object identifiers of the purposes. */
  get extendedKeyUsage(): readonly string[] | undefined {
    return this.#extension(extensionOids.extendedKeyUsage, readExtendedKeyUsage)
  }

  get privateKeyUsagePeriod(): PrivateKeyUsagePeriod | undefined {
    return this.#extension(extensionOids.privateKeyUsagePeriod, readPrivateKeyUsagePeriod)
  }

  /** What the signer may sign, as MRZ document codes (Doc 9303-12 documentTypeList). */
  get documentTypes(): readonly string[] | undefined {
    return this.#extension(extensionOids.documentTypeList, readDocumentTypes)
  }

  /** countryName of the subject in upper case; certificates of GB, RO, SI, … have it in lower case. */
  get country(): string | undefined {
    return attributeOf(this.subject, '2.5.4.6')?.trim().toUpperCase()
  }

  /** Whether issuer and subject are the same bytes. Says nothing about who signed: link certificates have it too. */
  get selfIssued(): boolean {
    return equalBytes(this.#part('issuer', 'validity'), this.#part('subject', 'publicKeyInfo'))
  }

  #part(from: keyof CertificateLayout, to?: keyof CertificateLayout): Uint8Array {
    return this.raw.subarray(this.#layout[from], to === undefined ? this.raw.length : this.#layout[to])
  }

  #node(from: keyof CertificateLayout, to?: keyof CertificateLayout): TlvNode {
    return parseTlv(this.#part(from, to), { rules: 'der' })
  }

  #readExtensions(): readonly Extension[] {
    return this.#layout.extensions === this.#layout.algorithm ? [] : readExtensions(this.#node('extensions', 'algorithm'))
  }

  #period(): readonly [string, string] {
    this.#validity ??= field(() => {
      const [notBefore, notAfter] = this.#node('validity', 'subject').children()
      return [readTime(notBefore), readTime(notAfter)]
    })
    return this.#validity
  }

  /** `read` is always the same one for an object identifier. */
  #extension<Value>(oid: string, read: (value: Uint8Array) => Value): Value | undefined {
    if (this.#values.has(oid)) return this.#values.get(oid) as Value | undefined
    const found = this.extensions.find((extension) => extension.oid === oid)
    const value = found === undefined ? undefined : field(() => read(found.value))
    this.#values.set(oid, value)
    return value
  }
}

function field<Value>(read: () => Value): Value {
  return withCode('PKI_BAD_CERTIFICATE', 'certificate is malformed', read)
}
