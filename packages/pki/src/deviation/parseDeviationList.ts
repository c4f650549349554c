import { expectTag, integerBytes, parseTlv, readOid, readSmallInteger, readString, readTime, type TlvNode } from '@cccd/core'
import { readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { hashAlgorithmByOid } from '../algorithms/hashAlgorithmByOid.js'
import { readDistinguishedName } from '../certificate/DistinguishedName.js'
import { retag } from '../certificate/extensions.js'
import { parseSignedData } from '../cms/parseSignedData.js'
import { PkiError, recoded } from '../errors.js'
import {
  type Deviation,
  type DeviationDescription,
  type DeviationDocuments,
  type DeviationList,
  type DeviationSigner,
  deviationListOids,
  deviationTypes,
  documentCode,
} from './DeviationList.js'

const maxDeviations = 10_000
const maxDescriptions = 64
const maxNumbers = 100_000

const malformed = (message: string): PkiError => new PkiError('PKI_BAD_DEVIATION_LIST', message)

/**
 * A deviation list: what a State says is wrong with documents that it issued. Nothing is verified: see {@link verifyDeviationList}.
 *
 * DeviationList ::= SEQUENCE { version INTEGER, digestAlgorithm OPTIONAL, deviations SET OF SEQUENCE { documents DeviationDocuments,
 *   descriptions SET OF DeviationDescription } } (Doc 9303-12, 10.2)
 *
 * @throws PkiError `PKI_BAD_DEVIATION_LIST`, `PKI_BAD_SIGNED_DATA`
 * @example
 * parseDeviationList(bytes).deviations.map(({ descriptions }) => descriptions[0]?.type) // ['signer-encoding']
 */
export function parseDeviationList(bytes: Uint8Array): DeviationList {
  const signedData = parseSignedData(bytes)
  const { eContentType, content } = signedData
  if (eContentType !== deviationListOids.content || content === undefined)
    throw malformed('signed content is not a deviation list')
  return recoded('PKI_BAD_DEVIATION_LIST', 'deviation list is malformed', () => {
    const [version, ...rest] = parseTlv(content, { tag: 0x30 }).children()
    const algorithm = rest[0]?.tag === 0x30 ? rest.shift() : undefined
    const [list, more] = rest
    const deviations = expectTag(list, 0x31).children()
    if (more !== undefined || deviations.length > maxDeviations) throw malformed('deviation list has too many elements')
    const digestAlgorithm = algorithm === undefined ? undefined : hashAlgorithmByOid(readAlgorithmIdentifier(algorithm).oid)
    return {
      version: readSmallInteger(version),
      ...(digestAlgorithm && { digestAlgorithm }),
      deviations: deviations.map(readDeviation),
      signedData,
    }
  })
}

function readDeviation(node: TlvNode): Deviation {
  const [documents, descriptions, more] = expectTag(node, 0x30).children()
  const nodes = expectTag(descriptions, 0x31).children()
  if (more !== undefined || nodes.length > maxDescriptions) throw malformed('deviation has too many elements')
  return { documents: readDocuments(expectTag(documents, 0x30)), descriptions: nodes.map(readDescription) }
}

function readDocuments(node: TlvNode): DeviationDocuments {
  let documents: DeviationDocuments = {}
  for (const field of node.children())
    if (field.tag === 0x80) documents = { ...documents, documentType: documentCode(readString(retag(field, 0x13))) }
    else if (field.tag === 0xa4) documents = { ...documents, issued: readPeriod(field) }
    else if (field.tag === 0xa5) documents = { ...documents, documentNumbers: readNumbers(field) }
    else documents = { ...documents, signer: readSigner(field) }
  return documents
}

/** `DocumentSignerIdentifier ::= CHOICE { issuerAndSerialNumber [1], subjectKeyIdentifier [2], certificateDigest [3] }` */
function readSigner(field: TlvNode): DeviationSigner {
  if (field.tag === 0x82) return { type: 'key-identifier', keyIdentifier: field.value }
  if (field.tag === 0x83) return { type: 'digest', digest: field.value }
  const [issuer, serialNumber] = expectTag(field, 0xa1).children()
  return {
    type: 'issuer-and-serial',
    issuer: readDistinguishedName(expectTag(issuer, 0x30)),
    serialNumber: integerBytes(serialNumber),
  }
}

function readPeriod(field: TlvNode): { from: string; to: string } {
  const [from, to] = field.children()
  return { from: readTime(from), to: readTime(to) }
}

function readNumbers(field: TlvNode): string[] {
  const nodes = field.children()
  if (nodes.length > maxNumbers) throw malformed('deviation names too many documents')
  return nodes.map((number) => documentCode(readString(number)))
}

/** `DeviationDescription ::= SEQUENCE { description OPTIONAL, deviationType, parameters [0] OPTIONAL, nationalUse [1] OPTIONAL }` */
function readDescription(node: TlvNode): DeviationDescription {
  const fields = expectTag(node, 0x30).children()
  const description = fields[0]?.tag === 0x06 ? undefined : readString(fields.shift())
  const [typeNode, ...rest] = fields
  const oid = readOid(typeNode)
  const [parameter] = rest.find(({ tag }) => tag === 0xa0)?.children() ?? []
  const value = parameter === undefined ? undefined : readParameter(parameter)
  const type = deviationTypes.get(oid)
  return {
    ...(type && { type }),
    oid,
    ...(description !== undefined && { description }),
    ...(value !== undefined && { parameter: value }),
  }
}

/** CertField, Datagroup, MRZField: a number, or the object identifier of an extension. Others are passed over. */
function readParameter(node: TlvNode): number | string | undefined {
  if (node.tag === 0x02) return readSmallInteger(node)
  return node.tag === 0x06 ? readOid(node) : undefined
}
