import {
  assertBytes,
  expectTag,
  integerBytes,
  type ParseOutcome,
  parseTlv,
  readBoolean,
  readOctetString,
  readOid,
  readSmallInteger,
  readTime,
  type TlvNode,
} from '@cccd/core'
import { readAlgorithmIdentifier } from '../algorithms/AlgorithmIdentifier.js'
import { hashAlgorithmByOid } from '../algorithms/hashAlgorithmByOid.js'
import { readExtensionList } from '../certificate/extensions.js'
import { parseSignedData } from '../cms/parseSignedData.js'
import { PkiError, recoded } from '../errors.js'
import { type MessageImprint, type TimestampInfo, type TimestampToken, timestampOids } from './TimestampToken.js'

const maxLength = 1024 * 1024

const malformed = (message: string): PkiError => new PkiError('PKI_BAD_TIMESTAMP', message)

/**
 * A timestamp token (RFC 3161 2.4.2), as it stands in a response or an unsigned attribute. Nothing is verified: see
 * {@link verifyTimestampToken}.
 *
 * TSTInfo ::= SEQUENCE { version, policy, messageImprint, serialNumber, genTime, accuracy OPTIONAL, ordering DEFAULT FALSE,
 *   nonce OPTIONAL, tsa [0] OPTIONAL, extensions [1] OPTIONAL }
 *
 * @throws PkiError `PKI_BAD_TIMESTAMP`
 * @example
 * parseTimestampToken(bytes).info.genTime // '2026-01-31T09:00:00Z'
 */
export function parseTimestampToken(bytes: Uint8Array): TimestampToken {
  assertBytes(bytes, 'bytes')
  return recoded('PKI_BAD_TIMESTAMP', 'timestamp token is malformed', () => {
    const signedData = parseSignedData(bytes, { maxLength })
    if (signedData.eContentType !== timestampOids.content || signedData.content === undefined)
      throw malformed('signed content is not a timestamp')
    return { raw: bytes, info: readInfo(parseTlv(signedData.content, { tag: 0x30 })), signedData }
  })
}

/** {@link parseTimestampToken} without an exception for bad bytes. */
export function tryParseTimestampToken(bytes: Uint8Array): ParseOutcome<TimestampToken, PkiError> {
  try {
    return { ok: true, value: parseTimestampToken(bytes), findings: [] }
  } catch (error) {
    if (error instanceof PkiError) return { ok: false, error }
    throw error
  }
}

function readInfo(node: TlvNode): TimestampInfo {
  const [version, policy, imprint, serialNumber, genTime, ...rest] = node.children()
  if (readSmallInteger(version) !== 1) throw malformed('version is unknown')
  const take = (tag: number): TlvNode | undefined => (rest[0]?.tag === tag ? rest.shift() : undefined)
  const accuracy = take(0x30)
  const ordering = take(0x01)
  const nonce = take(0x02)
  take(0xa0)
  const extensions = take(0xa1)
  if (rest.length > 0) throw malformed('timestamp has elements left over')
  return {
    policy: readOid(policy),
    imprint: readImprint(expectTag(imprint, 0x30)),
    serialNumber: integerBytes(serialNumber),
    genTime: readTime(expectTag(genTime, 0x18)),
    ...(accuracy && { accuracy: readAccuracy(accuracy) }),
    ordering: ordering !== undefined && readBoolean(ordering),
    ...(nonce && { nonce: integerBytes(nonce) }),
    unknownCritical: (extensions === undefined ? [] : readExtensionList(extensions))
      .filter(({ critical }) => critical)
      .map(({ oid }) => oid),
  }
}

export function readImprint(node: TlvNode): MessageImprint {
  const [algorithm, hash, more] = node.children()
  if (more !== undefined) throw malformed('imprint has elements left over')
  const hashOid = readAlgorithmIdentifier(algorithm).oid
  const known = hashAlgorithmByOid(hashOid)
  return { hashOid, ...(known && { algorithm: known }), hash: readOctetString(hash) }
}

/** `Accuracy ::= SEQUENCE { seconds INTEGER OPTIONAL, millis [0] INTEGER (1..999) OPTIONAL, micros [1] INTEGER (1..999) OPTIONAL }` */
function readAccuracy(node: TlvNode): number {
  let micros = 0
  for (const part of node.children())
    if (part.tag === 0x02) micros += readSmallInteger(part) * 1_000_000
    else if (part.tag === 0x80) micros += readSmallInteger(part, 0x80) * 1000
    else micros += readSmallInteger(expectTag(part, 0x81), 0x81)
  return micros
}
