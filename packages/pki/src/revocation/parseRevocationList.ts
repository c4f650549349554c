import {
  assertBytes,
  expectTag,
  type ParseOutcome,
  parseTlv,
  readBitString,
  readInteger,
  readSmallInteger,
  readTime,
  type TlvNode,
} from '@cccd/core'
import { readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { readDistinguishedName } from '../certificate/DistinguishedName.js'
import { type Extension, readAuthorityKeyIdentifier, readExtensionList, whole } from '../certificate/extensions.js'
import { PkiError, recoded } from '../errors.js'
import { readIssuingDistributionPoint } from './distributionPoints.js'
import type { RevocationList } from './RevocationList.js'
import { findEntry, surveyEntries } from './revokedEntries.js'

const listExtensions = {
  issuerAltName: '2.5.29.18',
  number: '2.5.29.20',
  deltaIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  authorityKeyIdentifier: '2.5.29.35',
  freshest: '2.5.29.46',
} as const
const processed: ReadonlySet<string> = /* @__PURE__ */ new Set<string>(Object.values(listExtensions))

/** The largest list accepted, in bytes: some of public authorities have tens of megabytes. */
const maxLength = 64 * 1024 * 1024

const malformed = (message: string): PkiError => new PkiError('PKI_BAD_REVOCATION_LIST', message)

/**
 * A certificate revocation list in DER; nothing may follow it. Its entries are walked through once, strictly, so that nothing is found
 * malformed later; its signature is not verified: see {@link checkRevocation}.
 *
 * CertificateList ::= SEQUENCE { TBSCertList, signatureAlgorithm, signatureValue BIT STRING }
 * TBSCertList ::= SEQUENCE { version OPTIONAL, signature, issuer, thisUpdate, nextUpdate OPTIONAL, revokedCertificates OPTIONAL,
 *   crlExtensions [0] OPTIONAL } (RFC 5280 5.1)
 *
 * @throws PkiError `PKI_BAD_REVOCATION_LIST`
 * @example
 * const list = parseRevocationList(der)
 * list.nextUpdate // '2026-03-01T00:00:00Z'
 */
export function parseRevocationList(der: Uint8Array): RevocationList {
  assertBytes(der, 'der')
  return coded(() => readList(der))
}

const coded = <Value>(read: () => Value): Value => recoded('PKI_BAD_REVOCATION_LIST', 'revocation list is malformed', read)

/** {@link parseRevocationList} without an exception for bad bytes. */
export function tryParseRevocationList(der: Uint8Array): ParseOutcome<RevocationList, PkiError> {
  try {
    return { ok: true, value: parseRevocationList(der), findings: [] }
  } catch (error) {
    if (error instanceof PkiError) return { ok: false, error }
    throw error
  }
}

function readList(der: Uint8Array): RevocationList {
  const [tbs, algorithm, signatureNode, more] = parseTlv(der, { rules: 'der', tag: 0x30, maxLength }).children()
  if (tbs === undefined || more !== undefined) throw malformed('revocation list has elements left over')
  const { bytes: signature, unusedBits } = readBitString(signatureNode)
  if (unusedBits !== 0) throw malformed('signature has bits left over')
  const fields = expectTag(tbs, 0x30).children()
  if (fields[0]?.tag === 0x02 && readSmallInteger(fields.shift()) !== 1) throw malformed('version is unknown')
  const [innerAlgorithm, issuerNode, thisUpdate, ...rest] = fields
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined
  const entries = rest[0]?.tag === 0x30 ? rest.shift() : undefined
  const wrapped = rest.shift()
  if (rest.length > 0) throw malformed('revocation list has elements left over')
  const extensions = wrapped === undefined ? [] : readExtensionList(onlyChild(expectTag(wrapped, 0xa0)))
  const issuer = readDistinguishedName(expectTag(issuerNode, 0x30))
  const range = { raw: der, start: entries?.valueStart ?? 0, end: entries?.valueEnd ?? 0 }
  const { size, unknownCritical } = surveyEntries(range)
  return {
    raw: der,
    tbs: tbs.raw,
    signature,
    signatureAlgorithm: readAlgorithmIdentifier(algorithm),
    tbsSignatureAlgorithm: readAlgorithmIdentifier(innerAlgorithm),
    issuer,
    thisUpdate: readTime(thisUpdate),
    ...(nextUpdate && { nextUpdate: readTime(nextUpdate) }),
    ...readListExtensions(extensions),
    unknownCritical: [
      ...extensions.filter(({ oid, critical }) => critical && !processed.has(oid)).map(({ oid }) => oid),
      ...unknownCritical,
    ],
    size,
    find: (serialNumber, certificateIssuer) => coded(() => findEntry(range, issuer, serialNumber, certificateIssuer)),
  }
}

const isTime = (node: TlvNode | undefined): boolean => node?.tag === 0x17 || node?.tag === 0x18

function onlyChild(node: TlvNode): TlvNode {
  const [child, more] = node.children()
  if (more !== undefined) throw malformed('more than one list of extensions')
  return expectTag(child, 0x30)
}

function readListExtensions(
  extensions: readonly Extension[],
): Pick<RevocationList, 'authorityKeyIdentifier' | 'number' | 'baseNumber' | 'distributionPoint'> {
  const extensionValue = (oid: string): Uint8Array | undefined => extensions.find((extension) => extension.oid === oid)?.value
  const authority = extensionValue(listExtensions.authorityKeyIdentifier)
  const authorityKeyIdentifier = authority === undefined ? undefined : readAuthorityKeyIdentifier(authority)
  const number = extensionValue(listExtensions.number)
  const base = extensionValue(listExtensions.deltaIndicator)
  const point = extensionValue(listExtensions.issuingDistributionPoint)
  return {
    ...(authorityKeyIdentifier && { authorityKeyIdentifier }),
    ...(number && { number: readInteger(whole(number, 0x02)) }),
    ...(base && { baseNumber: readInteger(whole(base, 0x02)) }),
    ...(point && { distributionPoint: readIssuingDistributionPoint(whole(point, 0x30)) }),
  }
}
