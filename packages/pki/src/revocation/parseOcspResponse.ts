import {
  assertBytes,
  expectTag,
  integerBytes,
  type ParseOutcome,
  parseTlv,
  readBitString,
  readOctetString,
  readOid,
  readSmallInteger,
  readTime,
  type TlvNode,
} from '@cccd/core'
import { readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { readDistinguishedName } from '../certificate/DistinguishedName.js'
import { type Extension, readExtensionList, retag } from '../certificate/extensions.js'
import { PkiError, recoded } from '../errors.js'
import {
  type BasicOcspResponse,
  type OcspCertificateId,
  type OcspResponderId,
  type OcspResponse,
  type OcspSingleResponse,
  ocspOids,
  ocspResponseStatuses,
} from './OcspResponse.js'
import { revocationCodes } from './RevocationVerdict.js'

const maxLength = 1024 * 1024
const maxResponses = 256
const maxCertificates = 32

const malformed = (message: string): PkiError => new PkiError('PKI_BAD_OCSP', message)

/**
 * An OCSP answer in DER; nothing may follow it. Nothing is verified: see {@link verifyOcspResponse}.
 *
 * OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] SEQUENCE { responseType, response OCTET STRING } OPTIONAL }
 * BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature BIT STRING, certs [0] OPTIONAL } (RFC 6960 4.2.1)
 *
 * @throws PkiError `PKI_BAD_OCSP`
 * @example
 * parseOcspResponse(der).basic?.responses[0]?.status // 'good' | 'revoked' | 'unknown'
 */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  assertBytes(der, 'der')
  return recoded('PKI_BAD_OCSP', 'OCSP response is malformed', () => {
    const [statusNode, wrapped, more] = parseTlv(der, { rules: 'der', tag: 0x30, maxLength }).children()
    if (more !== undefined) throw malformed('OCSP response has elements left over')
    const responseStatus = ocspResponseStatuses[readSmallInteger(statusNode, 0x0a)]
    if (responseStatus === undefined) throw malformed('status of the response is unknown')
    if ((responseStatus === 'successful') !== (wrapped !== undefined)) throw malformed('status and content contradict')
    if (wrapped === undefined) return { raw: der, responseStatus }
    const [type, response] = only(wrapped, 0xa0, 0x30).children()
    if (readOid(type) !== ocspOids.basic) throw malformed('type of the response is unknown')
    return { raw: der, responseStatus, basic: readBasic(parseTlv(readOctetString(response), { rules: 'der', tag: 0x30 })) }
  })
}

/** {@link parseOcspResponse} without an exception for bad bytes. */
export function tryParseOcspResponse(der: Uint8Array): ParseOutcome<OcspResponse, PkiError> {
  try {
    return { ok: true, value: parseOcspResponse(der), findings: [] }
  } catch (error) {
    if (error instanceof PkiError) return { ok: false, error }
    throw error
  }
}

/** The one element inside an explicit tag. */
function only(node: TlvNode | undefined, tag: number, inner: number): TlvNode {
  const [child, more] = expectTag(node, tag).children()
  if (more !== undefined) throw malformed('explicit tag holds more than one element')
  return expectTag(child, inner)
}

function readBasic(node: TlvNode): BasicOcspResponse {
  const [tbs, algorithm, signature, certificates, more] = node.children()
  if (more !== undefined) throw malformed('basic response has elements left over')
  const { bytes, unusedBits } = readBitString(signature)
  if (unusedBits !== 0) throw malformed('signature has bits left over')
  const bag = certificates === undefined ? [] : only(certificates, 0xa0, 0x30).children()
  if (bag.length > maxCertificates) throw malformed('basic response has too many certificates')
  return {
    tbs: expectTag(tbs, 0x30).raw,
    ...readResponseData(expectTag(tbs, 0x30)),
    signatureAlgorithm: readAlgorithmIdentifier(algorithm),
    signature: bytes,
    certificates: bag.map((certificate) => expectTag(certificate, 0x30).raw),
  }
}

/** `ResponseData ::= SEQUENCE { version [0] DEFAULT v1, responderID, producedAt, responses SEQUENCE OF, responseExtensions [1] OPTIONAL }` */
function readResponseData(
  node: TlvNode,
): Pick<BasicOcspResponse, 'responder' | 'producedAt' | 'responses' | 'nonce' | 'unknownCritical'> {
  const fields = node.children()
  if (fields[0]?.tag === 0xa0 && readSmallInteger(only(fields.shift(), 0xa0, 0x02)) !== 0) throw malformed('version is unknown')
  const [responder, producedAt, list, wrapped, more] = fields
  if (more !== undefined) throw malformed('response data has elements left over')
  const singles = expectTag(list, 0x30).children()
  if (singles.length > maxResponses) throw malformed('basic response has too many answers')
  const extensions = wrapped === undefined ? [] : readExtensionList(only(wrapped, 0xa1, 0x30))
  const nonce = extensions.find(({ oid }) => oid === ocspOids.nonce)?.value
  const responses = singles.map((single) => readSingle(expectTag(single, 0x30)))
  return {
    responder: readResponder(responder),
    producedAt: readTime(expectTag(producedAt, 0x18)),
    responses,
    ...(nonce !== undefined && { nonce: nonceOf(nonce) }),
    unknownCritical: [...extensions, ...responses.flatMap((single) => single.extensions)]
      .filter(({ oid, critical }) => critical && oid !== ocspOids.nonce)
      .map(({ oid }) => oid),
  }
}

/** The nonce is an OCTET STRING inside the extension (RFC 8954); older responders put the bare bytes there. */
export function nonceOf(value: Uint8Array): Uint8Array {
  return value[0] === 0x04 && value[1] === value.length - 2 ? value.subarray(2) : value
}

function readResponder(node: TlvNode | undefined): OcspResponderId {
  if (node?.tag === 0xa1) return { type: 'name', name: readDistinguishedName(only(node, 0xa1, 0x30)) }
  return { type: 'key', keyHash: only(node, 0xa2, 0x04).value }
}

/** `SingleResponse ::= SEQUENCE { certID, certStatus CHOICE, thisUpdate, nextUpdate [0] OPTIONAL, singleExtensions [1] OPTIONAL }` */
function readSingle(node: TlvNode): OcspSingleResponse {
  const [id, status, thisUpdate, ...rest] = node.children()
  const next = rest[0]?.tag === 0xa0 ? rest.shift() : undefined
  const wrapped = rest.shift()
  if (rest.length > 0) throw malformed('answer has elements left over')
  const extensions: readonly Extension[] = wrapped === undefined ? [] : readExtensionList(only(wrapped, 0xa1, 0x30))
  return {
    id: readCertificateId(expectTag(id, 0x30)),
    ...readStatus(status),
    thisUpdate: readTime(expectTag(thisUpdate, 0x18)),
    ...(next && { nextUpdate: readTime(only(next, 0xa0, 0x18)) }),
    extensions,
  }
}

/** `CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING, serialNumber INTEGER }` */
export function readCertificateId(node: TlvNode): OcspCertificateId {
  const [algorithm, nameHash, keyHash, serialNumber, more] = node.children()
  if (more !== undefined) throw malformed('certificate identifier has elements left over')
  return {
    hashOid: readAlgorithmIdentifier(algorithm).oid,
    issuerNameHash: readOctetString(nameHash),
    issuerKeyHash: readOctetString(keyHash),
    serialNumber: integerBytes(serialNumber),
  }
}

/** `CertStatus ::= CHOICE { good [0] NULL, revoked [1] SEQUENCE { revocationTime, revocationReason [0] OPTIONAL }, unknown [2] NULL }` */
function readStatus(node: TlvNode | undefined): Pick<OcspSingleResponse, 'status' | 'revokedAt' | 'code'> {
  if (node?.tag === 0x80 && node.length === 0) return { status: 'good' }
  if (node?.tag === 0x82 && node.length === 0) return { status: 'unknown' }
  const [time, reason] = retag(expectTag(node, 0xa1), 0x30).children()
  const code = reason === undefined ? undefined : revocationCodes[readSmallInteger(only(reason, 0xa0, 0x0a), 0x0a)]
  return { status: 'revoked', revokedAt: readTime(expectTag(time, 0x18)), ...(code !== undefined && { code }) }
}
