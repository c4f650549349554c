import { encodeOid, encodeTlv } from '@cccd/core'
import { type HashAlgorithm, hashLength } from '@cccd/crypto'
import { hashOidOf } from '../algorithms/hashAlgorithmByOid.js'

export interface EncodeTimestampRequestOptions {
  readonly algorithm: HashAlgorithm
  /** The hash of what is to be stamped. */
  readonly hash: Uint8Array
  /** 1 to 64 random bytes; hand the same to `verifyTimestampToken`. */
  readonly nonce?: Uint8Array
  /** The policy wanted, as object identifier. */
  readonly policy?: string
  /** Whether the token shall hold the authority's certificate (default: yes; without it few verifiers can do anything). */
  readonly certificate?: boolean
}

/**
 * The DER bytes of a timestamp request.
 *
 * TimeStampReq ::= SEQUENCE { version INTEGER (1), messageImprint, reqPolicy OPTIONAL, nonce INTEGER OPTIONAL, certReq DEFAULT FALSE,
 *   extensions [0] OPTIONAL } (RFC 3161 2.4.1)
 *
 * @throws RangeError for a hash of another length than its algorithm's, or a nonce of another length
 * @example
 * const body = encodeTimestampRequest({ algorithm: 'sha256', hash, nonce: systemRandom(16) }) // POST as application/timestamp-query
 */
export function encodeTimestampRequest(options: EncodeTimestampRequestOptions): Uint8Array {
  const { algorithm, hash, nonce, policy, certificate = true } = options
  if (hash.length !== hashLength(algorithm)) throw new RangeError('hash must have the length of its algorithm')
  if (nonce !== undefined && (nonce.length < 1 || nonce.length > 64)) throw new RangeError('nonce must have 1 to 64 bytes')
  const identifier = encodeTlv(0x30, encodeTlv(0x06, encodeOid(hashOidOf(algorithm))), encodeTlv(0x05))
  return encodeTlv(
    0x30,
    encodeTlv(0x02, Uint8Array.of(1)),
    encodeTlv(0x30, identifier, encodeTlv(0x04, hash)),
    ...(policy === undefined ? [] : [encodeTlv(0x06, encodeOid(policy))]),
    ...(nonce === undefined ? [] : [encodeTlv(0x02, nonceInteger(nonce))]),
    ...(certificate ? [encodeTlv(0x01, Uint8Array.of(0xff))] : []),
  )
}

/** The content of the INTEGER that stands for random bytes: positive, and without bytes that DER leaves out. */
export function nonceInteger(nonce: Uint8Array): Uint8Array {
  let start = 0
  while (start < nonce.length - 1 && nonce[start] === 0) start++
  const shortest = nonce.subarray(start)
  if ((shortest[0] ?? 0) < 0x80) return shortest
  const positive = new Uint8Array(shortest.length + 1)
  positive.set(shortest, 1)
  return positive
}
