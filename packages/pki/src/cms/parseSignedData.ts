import {
  expectTag,
  integerBytes,
  type ParseOutcome,
  parseTlv,
  readOctetString,
  readOid,
  readSmallInteger,
  type TlvNode,
} from '@cccd/core'
import { readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { PkiError, withCode } from '../errors.js'
import type { Attribute, SignedData, SignerIdentifier, SignerInfo } from './SignedData.js'

const signedDataOid = '1.2.840.113549.1.7.2'
/** A SOD has one signer, a PDF a few; more is somebody making us work. */
const maxSigners = 16
const maxAttributes = 128
/** Certificates, revocation lists: each. Every signer is looked for among them. */
const maxInBag = 256

const malformed = (message: string): PkiError => new PkiError('PKI_BAD_SIGNED_DATA', message)

/**
 * CMS SignedData from a ContentInfo in BER: indefinite lengths and octet strings in pieces (NZ) are read, nothing is encoded
 * again. Bytes after the ContentInfo are refused. Nothing is verified: see {@link verifySignedData}.
 *
 * ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT SEQUENCE { version, digestAlgorithms SET,
 *   encapContentInfo SEQUENCE, certificates [0] OPTIONAL, crls [1] OPTIONAL, signerInfos SET } } (RFC 5652 3, 5.1)
 *
 * @throws PkiError `PKI_BAD_SIGNED_DATA`
 * @example
 * const signedData = parseSignedData(masterList)
 * signedData.eContentType // '2.23.136.1.1.2'
 */
export function parseSignedData(bytes: Uint8Array, options: { readonly maxLength?: number } = {}): SignedData {
  return withCode('PKI_BAD_SIGNED_DATA', 'CMS SignedData is malformed', () => {
    const [type, wrapped, more] = parseTlv(bytes, { ...options, tag: 0x30 }).children()
    if (readOid(type) !== signedDataOid) throw malformed('CMS content is not SignedData')
    const [inner, extra] = expectTag(wrapped, 0xa0).children()
    if (more !== undefined || extra !== undefined) throw malformed('ContentInfo has elements left over')
    return readSignedData(expectTag(inner, 0x30))
  })
}

/** {@link parseSignedData} without an exception for bad bytes. */
export function tryParseSignedData(
  bytes: Uint8Array,
  options: { readonly maxLength?: number } = {},
): ParseOutcome<SignedData, PkiError> {
  try {
    return { ok: true, value: parseSignedData(bytes, options), findings: [] }
  } catch (error) {
    if (error instanceof PkiError) return { ok: false, error }
    throw error
  }
}

function readSignedData(node: TlvNode): SignedData {
  const [version, digests, encapsulated, ...rest] = node.children()
  const certificates = rest[0]?.tag === 0xa0 ? rest.shift() : undefined
  const revocationLists = rest[0]?.tag === 0xa1 ? rest.shift() : undefined
  const [signers, more] = rest
  if (more !== undefined) throw malformed('SignedData has elements left over')
  const signerNodes = expectTag(signers, 0x31).children()
  if (signerNodes.length > maxSigners) throw malformed('SignedData has too many signers')
  const [contentType, wrapped] = expectTag(encapsulated, 0x30).children()
  return {
    version: readSmallInteger(version),
    eContentType: readOid(contentType),
    ...(wrapped && { content: readContent(wrapped) }),
    // Attribute certificates and other formats have context tags: they sign nothing here.
    certificates: sequencesIn(certificates),
    revocationLists: sequencesIn(revocationLists),
    digestAlgorithms: expectTag(digests, 0x31)
      .children()
      .map((algorithm) => readAlgorithmIdentifier(algorithm).oid),
    signers: signerNodes.map(readSignerInfo),
  }
}

function readContent(wrapped: TlvNode): Uint8Array {
  const [octets, more] = expectTag(wrapped, 0xa0).children()
  if (more !== undefined) throw malformed('eContent has elements left over')
  return readOctetString(octets)
}

function sequencesIn(node: TlvNode | undefined): Uint8Array[] {
  const elements = node?.children() ?? []
  if (elements.length > maxInBag) throw malformed('SignedData has too many certificates or revocation lists')
  return elements.filter(({ tag }) => tag === 0x30).map(({ raw }) => raw)
}

/**
 * SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, signedAttrs [0] IMPLICIT OPTIONAL, signatureAlgorithm,
 *   signature OCTET STRING, unsignedAttrs [1] IMPLICIT OPTIONAL }
 */
function readSignerInfo(node: TlvNode): SignerInfo {
  const [version, identifier, digestAlgorithm, ...rest] = expectTag(node, 0x30).children()
  const signed = rest[0]?.tag === 0xa0 ? rest.shift() : undefined
  const [signatureAlgorithm, signature, unsigned, more] = rest
  if (more !== undefined) throw malformed('SignerInfo has elements left over')
  return {
    version: readSmallInteger(version),
    identifier: readIdentifier(identifier),
    digestAlgorithm: readAlgorithmIdentifier(digestAlgorithm),
    ...(signed && { signedAttributes: { raw: signed.raw, attributes: readAttributes(signed) } }),
    signatureAlgorithm: readAlgorithmIdentifier(signatureAlgorithm),
    signature: readOctetString(signature),
    ...(unsigned && { unsignedAttributes: readAttributes(expectTag(unsigned, 0xa1)) }),
  }
}

/** `SignerIdentifier ::= CHOICE { SEQUENCE { issuer Name, serialNumber INTEGER }, subjectKeyIdentifier [0] IMPLICIT }` */
function readIdentifier(node: TlvNode | undefined): SignerIdentifier {
  if (node?.tag === 0x80) return { type: 'key-identifier', keyIdentifier: node.value }
  const [issuer, serialNumber] = expectTag(node, 0x30).children()
  return { type: 'issuer-and-serial', issuer: expectTag(issuer, 0x30).raw, serialNumber: integerBytes(serialNumber) }
}

function readAttributes(node: TlvNode): Attribute[] {
  const attributes = node.children()
  if (attributes.length > maxAttributes) throw malformed('SignerInfo has too many attributes')
  return attributes.map(readAttribute)
}

function readAttribute(node: TlvNode): Attribute {
  const [type, values] = expectTag(node, 0x30).children()
  return {
    oid: readOid(type),
    values: expectTag(values, 0x31)
      .children()
      .map(({ raw }) => raw),
  }
}
