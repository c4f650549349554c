import {
  CccdError,
  decodeLatin1,
  expectTag,
  type Finding,
  type ParseOutcome,
  parseTlv,
  readOctetString,
  readOid,
  readSmallInteger,
  type TlvNode,
} from '@cccd/core'
import { type HashAlgorithm, hashLength } from '@cccd/crypto'
import { hashAlgorithmByOid, parseSignedData, type SignedData } from '@cccd/pki'
import { EmrtdError } from '../errors.js'
import { files } from './fileNames.js'
import { attempt, maxFileLength, type Parsed, personal } from './openFile.js'

/** The hash of one data group. It gives the content away to who can guess it: treat it as personal data. */
export interface DataGroupHash {
  readonly dataGroup: number
  readonly hash: Uint8Array
}

/** A rule that a list of hashes breaks; a security object with problems proves nothing. */
export interface SecurityObjectProblem {
  readonly code: 'no-data-groups' | 'listed-twice' | 'number-out-of-range' | 'hash-length'
  readonly dataGroup?: number
}

/** LDSSecurityObject (Doc 9303-10, 4.6.2.3): the hashes that the document signer signed. */
export interface SecurityObject {
  /** 0, or 1 with {@link ldsVersion}. */
  readonly version: number
  /** Absent when the object identifier is unknown. */
  readonly hashAlgorithm?: HashAlgorithm
  readonly hashAlgorithmOid: string
  readonly dataGroupHashes: readonly DataGroupHash[]
  /** e.g. `0108`. */
  readonly ldsVersion?: string
  /** e.g. `040000`. */
  readonly unicodeVersion?: string
  readonly contentType: string
  readonly problems: readonly SecurityObjectProblem[]
}

const contentTypes = [
  '2.23.136.1.1.1',
  // China signs its list as plain data.
  '1.2.840.113549.1.7.1',
  // Test documents from before Doc 9303 had its own arc.
  '1.2.528.1.1006.1.20.1',
]
const label = 'SecurityObject'
const maxHashes = 64

const malformed = (message: string, cause?: unknown): EmrtdError =>
  new EmrtdError('EMRTD_SOD_MALFORMED', message, { params: { file: 'SOD' }, cause })

/** EF.SOD with its signature still unopened, for whoever verifies it. */
export interface OpenedSecurityObject extends Parsed<SecurityObject> {
  readonly signedData: SignedData
}

export function readSecurityObject(bytes: Uint8Array): OpenedSecurityObject {
  if (bytes.length > maxFileLength('SOD'))
    throw new EmrtdError('EMRTD_FILE_TOO_LARGE', 'file is larger than allowed', { params: { file: 'SOD', length: bytes.length } })
  try {
    const findings: Finding[] = []
    const root = parseTlv(bytes)
    // Some programs upload the CMS without the tag of the file; the signature is over neither.
    if (root.tag === 0x30) findings.push({ code: 'sod-without-tag', severity: 'info', field: 'SOD' })
    else expectTag(root, files.SOD.tag)
    const signedData = parseSignedData(root.tag === 0x30 ? root.raw : root.value)
    if (signedData.content === undefined) throw malformed('the signed list of hashes is missing')
    if (!contentTypes.includes(signedData.eContentType)) throw malformed('signed content is not a list of hashes')
    if (signedData.eContentType !== contentTypes[0])
      findings.push({ code: 'sod-content-type', severity: 'info', field: 'SOD', data: { oid: signedData.eContentType } })
    const value = readHashes(parseTlv(signedData.content, { tag: 0x30 }), signedData.eContentType)
    return { value, findings, signedData }
  } catch (cause) {
    if (cause instanceof EmrtdError || !CccdError.is(cause)) throw cause
    throw malformed('EF.SOD is not a signed list of hashes', cause)
  }
}

function readHashes(root: TlvNode, contentType: string): SecurityObject {
  const [versionNode, algorithm, list, versionInfo, ...extra] = root.children()
  if (extra.length > 0) throw malformed('bytes follow the list of hashes')
  const hashAlgorithmOid = readOid(expectTag(algorithm, 0x30).children()[0])
  const hashAlgorithm = hashAlgorithmByOid(hashAlgorithmOid)
  const entries = expectTag(list, 0x30).children()
  if (entries.length > maxHashes) throw malformed('the list of hashes is too long')
  const dataGroupHashes = entries.map(readEntry)
  const versions = versionInfo === undefined ? {} : readVersionInfo(versionInfo)
  return {
    version: readSmallInteger(versionNode),
    ...(hashAlgorithm === undefined ? {} : { hashAlgorithm }),
    hashAlgorithmOid,
    dataGroupHashes,
    ...versions,
    contentType,
    problems: problemsOf(dataGroupHashes, hashAlgorithm),
  }
}

function readEntry(entry: TlvNode): DataGroupHash {
  const [number, hash, ...extra] = expectTag(entry, 0x30).children()
  if (extra.length > 0) throw malformed('a hash is followed by something')
  return { dataGroup: readSmallInteger(number), hash: readOctetString(hash).slice() }
}

function readVersionInfo(node: TlvNode): { ldsVersion: string; unicodeVersion: string } {
  const [lds, unicode] = expectTag(node, 0x30).children()
  return {
    ldsVersion: decodeLatin1(expectTag(lds, 0x13).value.subarray(0, 8)),
    unicodeVersion: decodeLatin1(expectTag(unicode, 0x13).value.subarray(0, 8)),
  }
}

function problemsOf(hashes: readonly DataGroupHash[], algorithm: HashAlgorithm | undefined): SecurityObjectProblem[] {
  if (hashes.length === 0) return [{ code: 'no-data-groups' }]
  const problems: SecurityObjectProblem[] = []
  const seen = new Set<number>()
  for (const { dataGroup, hash } of hashes) {
    if (dataGroup < 1 || dataGroup > 16) problems.push({ code: 'number-out-of-range', dataGroup })
    if (seen.has(dataGroup)) problems.push({ code: 'listed-twice', dataGroup })
    seen.add(dataGroup)
    if (algorithm !== undefined && hash.length !== hashLength(algorithm)) problems.push({ code: 'hash-length', dataGroup })
  }
  return problems
}

/**
 * EF.SOD: the list of data group hashes, LDS version 0 or 1. Nothing is verified here. A list that breaks a rule (a group twice, number
 * 0 or over 16, a hash of wrong length, no hash at all) is returned with `problems`; {@link verifyReading} fails it.
 *
 * @throws EmrtdError `EMRTD_SOD_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example parseSecurityObject(sod).dataGroupHashes.map(({ dataGroup }) => dataGroup) // [1, 2, 13, 14, 15]
 */
export function parseSecurityObject(bytes: Uint8Array): SecurityObject {
  return personal(readSecurityObject(bytes), label).value
}

/** As {@link parseSecurityObject}, with findings and without throwing for bad data. */
export function tryParseSecurityObject(bytes: Uint8Array): ParseOutcome<SecurityObject, CccdError> {
  return attempt(() => personal(readSecurityObject(bytes), label))
}
