import { equalBytes, expectTag, integerBytes, parseTlv, readBitString, readTime, type TlvNode } from '@cccd/core'
import type { PublicKeySpec } from '@cccd/crypto'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { PkiError, withCode } from '../errors.js'
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

/** Positions of the parts of a certificate; nothing in it is decoded. */
interface Layout {
  readonly tbs: TlvNode
  readonly algorithm: TlvNode
  readonly signature: TlvNode
  readonly serialNumber: TlvNode
  readonly innerAlgorithm: TlvNode
  readonly issuer: TlvNode
  readonly validity: TlvNode
  readonly subject: TlvNode
  readonly publicKeyInfo: TlvNode
  readonly extensions: TlvNode | undefined
}

/** The largest certificate accepted, in bytes. */
const maxLength = 262_144

/**
 * An X.509 certificate over its original bytes. Its layout is checked when it is parsed, each field is decoded when it is first
 * asked for; a getter throws PkiError `PKI_BAD_CERTIFICATE` when its field is malformed. Only `raw` is data of its own:
 * hand `raw` to another thread, not the object.
 */
export class Certificate {
  readonly raw: Uint8Array
  readonly #layout: Layout
  #issuer?: DistinguishedName
  #subject?: DistinguishedName
  #validity?: readonly [string, string]
  #publicKey?: PublicKeySpec
  #extensions?: readonly Extension[]

  constructor(raw: Uint8Array) {
    this.raw = raw
    this.#layout = field(() => readLayout(raw))
  }

  /** The content of the serial number's INTEGER as it stands there: up to 20 bytes, negative ones exist (in all lists). */
  get serialNumber(): Uint8Array {
    return field(() => integerBytes(this.#layout.serialNumber))
  }

  get issuer(): DistinguishedName {
    this.#issuer ??= field(() => readDistinguishedName(this.#layout.issuer))
    return this.#issuer
  }

  get subject(): DistinguishedName {
    this.#subject ??= field(() => readDistinguishedName(this.#layout.subject))
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
    return this.#layout.publicKeyInfo.raw
  }

  /** @throws PkiError as {@link parsePublicKeyInfo} */
  get publicKey(): PublicKeySpec {
    this.#publicKey ??= parsePublicKeyInfo(this.subjectPublicKeyInfo)
    return this.#publicKey
  }

  /** The signed bytes (TBSCertificate). */
  get tbs(): Uint8Array {
    return this.#layout.tbs.raw
  }

  get signatureAlgorithm(): AlgorithmIdentifier {
    return field(() => readAlgorithmIdentifier(this.#layout.algorithm))
  }

  /** The algorithm as the signed part names it: it must be {@link signatureAlgorithm} (RFC 5280 4.1.1.2). */
  get tbsSignatureAlgorithm(): AlgorithmIdentifier {
    return field(() => readAlgorithmIdentifier(this.#layout.innerAlgorithm))
  }

  get signature(): Uint8Array {
    return field(() => readBitString(this.#layout.signature).bytes)
  }

  get extensions(): readonly Extension[] {
    this.#extensions ??= field(() => readExtensions(this.#layout.extensions))
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
    return equalBytes(this.#layout.issuer.raw, this.#layout.subject.raw)
  }

  #period(): readonly [string, string] {
    this.#validity ??= field(() => {
      const [notBefore, notAfter] = this.#layout.validity.children()
      return [readTime(notBefore), readTime(notAfter)]
    })
    return this.#validity
  }

  #extension<Value>(oid: string, read: (value: Uint8Array) => Value): Value | undefined {
    const found = this.extensions.find((extension) => extension.oid === oid)
    return found === undefined ? undefined : field(() => read(found.value))
  }
}

function field<Value>(read: () => Value): Value {
  return withCode('PKI_BAD_CERTIFICATE', 'certificate is malformed', read)
}

/**
 * `TBSCertificate ::= SEQUENCE { version [0] DEFAULT v1, serialNumber, signature, issuer, validity, subject,
 *   subjectPublicKeyInfo, issuerUniqueID [1] OPTIONAL, subjectUniqueID [2] OPTIONAL, extensions [3] OPTIONAL }`
 */
function readLayout(raw: Uint8Array): Layout {
  const [tbsNode, algorithm, signature, more] = parseTlv(raw, { rules: 'der', tag: 0x30, maxLength }).children()
  const tbs = expectTag(tbsNode, 0x30)
  const fields = tbs.children()
  let at = fields[0]?.tag === 0xa0 ? 1 : 0
  const next = (tag: number): TlvNode => expectTag(fields[at++], tag)
  const serialNumber = next(0x02)
  const innerAlgorithm = next(0x30)
  const issuer = next(0x30)
  const validity = next(0x30)
  const subject = next(0x30)
  const publicKeyInfo = next(0x30)
  if (fields[at]?.tag === 0x81) at++
  if (fields[at]?.tag === 0x82) at++
  const extensions = fields[at]?.tag === 0xa3 ? fields[at++] : undefined
  if (more !== undefined || fields[at] !== undefined)
    throw new PkiError('PKI_BAD_CERTIFICATE', 'certificate has elements left over')
  return {
    tbs,
    algorithm: expectTag(algorithm, 0x30),
    signature: expectTag(signature, 0x03),
    serialNumber,
    innerAlgorithm,
    issuer,
    validity,
    subject,
    publicKeyInfo,
    extensions,
  }
}
