import {
  equalBytes,
  expectTag,
  parseTlv,
  readBitString,
  readBoolean,
  readOctetString,
  readOid,
  readSmallInteger,
  readString,
  readTime,
  TlvNode,
} from '@cccd/core'
import { PkiError } from '../errors.js'

/** One certificate extension; `value` is the content of its OCTET STRING. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

/** Extensions that this package understands, by the names of RFC 5280 and Doc 9303-12. */
export const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  privateKeyUsagePeriod: '2.5.29.16',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  nameChange: '2.23.136.1.1.6.1',
  documentTypeList: '2.23.136.1.1.6.2',
} as const

/** DEMO certificates of the simulator carry this as a critical extension: only a store with `allowDemo` takes them. */
export const demoExtensionOid = '1.3.6.1.4.1.99999.9303.1'

/** Real certificates have up to fifteen. */
const maxExtensions = 100

/**
 * `Extensions ::= SEQUENCE OF SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`
 * @throws PkiError `PKI_BAD_CERTIFICATE` for a repeated extension: a reader of the first and one of the last would disagree
 */
export function readExtensions(node: TlvNode): readonly Extension[] {
  const [list, more] = node.children()
  if (more !== undefined) throw new PkiError('PKI_BAD_CERTIFICATE', 'more than one list of extensions')
  return readExtensionList(expectTag(list, 0x30))
}

/** The extensions inside their SEQUENCE: of a certificate, a revocation list, one of its entries, an OCSP or timestamp message. */
export function readExtensionList(list: TlvNode): readonly Extension[] {
  const out: Extension[] = []
  const extensions = list.children()
  if (extensions.length > maxExtensions) throw new PkiError('PKI_BAD_CERTIFICATE', 'too many extensions')
  for (const extension of extensions) {
    const [id, second, third, fourth] = expectTag(extension, 0x30).children()
    const oid = readOid(id)
    if (fourth !== undefined) throw new PkiError('PKI_BAD_CERTIFICATE', 'extension has too many elements', { params: { oid } })
    if (out.some((known) => known.oid === oid))
      throw new PkiError('PKI_BAD_CERTIFICATE', 'extension stands there twice', { params: { oid } })
    const critical = third === undefined ? false : readBoolean(second)
    out.push({ oid, critical, value: readOctetString(third ?? second) })
  }
  return out
}

export const whole = (value: Uint8Array, tag: number): TlvNode => parseTlv(value, { rules: 'der', tag })

/** `SubjectKeyIdentifier ::= OCTET STRING`; older certificates of LT have the bare twenty bytes. */
export function readKeyIdentifier(value: Uint8Array): Uint8Array {
  return value[0] === 0x04 && value[1] === value.length - 2 ? whole(value, 0x04).value : value
}

/** `AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OPTIONAL, … }` */
export function readAuthorityKeyIdentifier(value: Uint8Array): Uint8Array | undefined {
  return whole(value, 0x30)
    .children()
    .find((child) => child.tag === 0x80)?.value
}

/** `BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }`; UA writes TRUE as 01. */
export function readBasicConstraints(value: Uint8Array): { readonly isCa: boolean; readonly pathLength?: number } {
  const children = parseTlv(value, { rules: 'ber', tag: 0x30 }).children()
  const isCa = children[0]?.tag === 0x01 && readBoolean(children[0])
  const length = children.find((child) => child.tag === 0x02)
  return length === undefined ? { isCa } : { isCa, pathLength: readSmallInteger(length) }
}

export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const
export type KeyUsage = (typeof keyUsages)[number]

export function readKeyUsage(value: Uint8Array): readonly KeyUsage[] {
  const { bytes } = readBitString(whole(value, 0x03))
  return keyUsages.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
}

export function readExtendedKeyUsage(value: Uint8Array): readonly string[] {
  return whole(value, 0x30)
    .children()
    .map((purpose) => readOid(purpose))
}

/** When the private key may sign; either end may be open. Instants in ISO 8601 UTC. */
export interface PrivateKeyUsagePeriod {
  readonly notBefore?: string
  readonly notAfter?: string
}

/** `PrivateKeyUsagePeriod ::= SEQUENCE { notBefore [0] GeneralizedTime OPTIONAL, notAfter [1] GeneralizedTime OPTIONAL }` */
export function readPrivateKeyUsagePeriod(value: Uint8Array): PrivateKeyUsagePeriod {
  let period: PrivateKeyUsagePeriod = {}
  for (const bound of whole(value, 0x30).children())
    if (bound.tag === 0x80) period = { ...period, notBefore: readTime(retag(bound, 0x18)) }
    else period = { ...period, notAfter: readTime(retag(expectTag(bound, 0x81), 0x18)) }
  return period
}

/** An implicitly tagged element read as the type it stands for. */
export function retag(node: TlvNode, tag: number): TlvNode {
  return new TlvNode(node.source, tag, node.start, node.valueStart, node.valueEnd, node.end, node.rules, node.depth)
}

/**
 * `DocumentTypeListSyntax ::= SEQUENCE { version INTEGER, docTypeList SET OF PrintableString }` (Doc 9303-12, 7.1.1.6);
 * PH leaves out version and SET.
 */
export function readDocumentTypes(value: Uint8Array): readonly string[] {
  const children = whole(value, 0x30).children()
  if (children[0]?.tag !== 0x02) return children.map((type) => readString(type))
  return expectTag(children[1], 0x31)
    .children()
    .map((type) => readString(type))
}

/** Whether two optional identifiers are both there and equal. */
export function sameIdentifier(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && equalBytes(a, b)
}
