import { assertBytes, expectTag, parseTlv, readBitString, readSmallInteger, type TlvNode } from '@cccd/core'
import { PkiError, recoded } from '../errors.js'
import { parseTimestampToken } from './parseTimestampToken.js'
import type { TimestampToken } from './TimestampToken.js'

/** By number (RFC 3161 2.4.2). */
const statuses = ['granted', 'grantedWithMods', 'rejection', 'waiting', 'revocationWarning', 'revocationNotification'] as const
export type TimestampStatus = (typeof statuses)[number]

/** By bit. */
const failures: ReadonlyMap<number, TimestampFailure> = /* @__PURE__ */ new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
])
export type TimestampFailure =
  | 'badAlg'
  | 'badRequest'
  | 'badDataFormat'
  | 'timeNotAvailable'
  | 'unacceptedPolicy'
  | 'unacceptedExtension'
  | 'addInfoNotAvailable'
  | 'systemFailure'

/** A timestamp authority's answer. There is a token exactly when the status is a grant. */
export interface TimestampResponse {
  readonly status: TimestampStatus
  readonly failures: readonly TimestampFailure[]
  readonly token?: TimestampToken
}

const maxLength = 1024 * 1024

/**
 * `TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL }` (RFC 3161 2.4.2). Texts of the authority are
 * passed over. Nothing is verified: see {@link verifyTimestampToken}.
 *
 * @throws PkiError `PKI_BAD_TIMESTAMP`, also when status and token contradict
 * @example
 * const { status, token } = parseTimestampResponse(body)
 */
export function parseTimestampResponse(bytes: Uint8Array): TimestampResponse {
  assertBytes(bytes, 'bytes')
  return recoded('PKI_BAD_TIMESTAMP', 'timestamp response is malformed', () => {
    const [info, token, more] = parseTlv(bytes, { tag: 0x30, maxLength }).children()
    if (more !== undefined) throw new PkiError('PKI_BAD_TIMESTAMP', 'timestamp response has elements left over')
    const [statusNode, ...details] = expectTag(info, 0x30).children()
    const status = statuses[readSmallInteger(statusNode)]
    if (status === undefined) throw new PkiError('PKI_BAD_TIMESTAMP', 'status of the response is unknown')
    if ((status === 'granted' || status === 'grantedWithMods') !== (token !== undefined))
      throw new PkiError('PKI_BAD_TIMESTAMP', 'status and token contradict')
    return {
      status,
      failures: failuresOf(details.find(({ tag }) => tag === 0x03)),
      ...(token && { token: parseTimestampToken(token.raw) }),
    }
  })
}

function failuresOf(node: TlvNode | undefined): TimestampFailure[] {
  if (node === undefined) return []
  const { bytes } = readBitString(node)
  return [...failures].filter(([bit]) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0).map(([, failure]) => failure)
}
