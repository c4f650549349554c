import { encodeOid, encodeTlv } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import type { Certificate } from '../certificate/Certificate.js'
import { issuerHashes } from './certificateId.js'
import { ocspOids } from './OcspResponse.js'

export interface EncodeOcspRequestOptions {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** 1 to 128 bytes (RFC 9654); hand the same to `verifyOcspResponse`. Absent: an answer from a cache will do. */
  readonly nonce?: Uint8Array
  /** The hash that names the issuer; many responders know SHA-1 only, and nothing rests on it (RFC 5019 2.1.1). */
  readonly hash?: 'sha1' | 'sha256'
  readonly crypto?: CryptoPort
}

const hashOids = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const

/**
 * The DER bytes of an OCSP request about one certificate, unsigned.
 *
 * OCSPRequest ::= SEQUENCE { tbsRequest SEQUENCE { requestList SEQUENCE OF SEQUENCE { reqCert CertID }, requestExtensions [2] OPTIONAL } }
 * (RFC 6960 4.1.1)
 *
 * @throws RangeError for a nonce of another length
 * @example
 * const body = encodeOcspRequest({ certificate, issuer, nonce: systemRandom(16) }) // POST as application/ocsp-request
 */
export function encodeOcspRequest(options: EncodeOcspRequestOptions): Uint8Array {
  const { certificate, issuer, nonce, hash = 'sha1' } = options
  if (nonce !== undefined && (nonce.length < 1 || nonce.length > 128)) throw new RangeError('nonce must have 1 to 128 bytes')
  const { name, key } = issuerHashes(issuer, hash, options.crypto ?? defaultCrypto())
  const algorithm = encodeTlv(0x30, encodeTlv(0x06, encodeOid(hashOids[hash])), encodeTlv(0x05))
  const id = encodeTlv(0x30, algorithm, encodeTlv(0x04, name), encodeTlv(0x04, key), encodeTlv(0x02, certificate.serialNumber))
  const requests = encodeTlv(0x30, encodeTlv(0x30, id))
  return encodeTlv(0x30, encodeTlv(0x30, requests, ...(nonce === undefined ? [] : [extensionsWith(nonce)])))
}

function extensionsWith(nonce: Uint8Array): Uint8Array {
  const extension = encodeTlv(0x30, encodeTlv(0x06, encodeOid(ocspOids.nonce)), encodeTlv(0x04, encodeTlv(0x04, nonce)))
  return encodeTlv(0xa2, encodeTlv(0x30, extension))
}
