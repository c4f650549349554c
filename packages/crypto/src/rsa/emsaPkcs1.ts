import { concatBytes, decodeHex } from '@cccd/core'
import { hashLength } from '../hash/hashLength.js'
import type { HashAlgorithm } from '../port.js'

/** AlgorithmIdentifier OBJECT IDENTIFIER of each hash as DER (RFC 8017 appendix B.1; NIST CSOR for SHA-3). */
const hashOids: Readonly<Record<HashAlgorithm, string>> = {
  sha1: '06052b0e03021a',
  sha224: '0609608648016503040204',
  sha256: '0609608648016503040201',
  sha384: '0609608648016503040202',
  sha512: '0609608648016503040203',
  'sha512/224': '0609608648016503040205',
  'sha512/256': '0609608648016503040206',
  'sha3-224': '0609608648016503040207',
  'sha3-256': '0609608648016503040208',
  'sha3-384': '0609608648016503040209',
  'sha3-512': '060960864801650304020a',
}

/**
 * EMSA-PKCS1-v1_5 (RFC 8017 9.2) of a digest for a modulus of `length` bytes, or undefined when the modulus is too short. The parameters of
 * the AlgorithmIdentifier are NULL or, as signers that read RFC 4055 otherwise write it, absent.
 */
export function emsaPkcs1(
  hash: HashAlgorithm,
  digest: Uint8Array,
  length: number,
  parameters: 'null' | 'absent' = 'null',
): Uint8Array | undefined {
  const oid = decodeHex(hashOids[hash])
  const algorithm = parameters === 'null' ? concatBytes(oid, Uint8Array.of(0x05, 0x00)) : oid
  const digestLength = hashLength(hash)
  const info = concatBytes(
    Uint8Array.of(0x30, algorithm.length + digestLength + 4, 0x30, algorithm.length),
    algorithm,
    Uint8Array.of(0x04, digestLength),
    digest,
  )
  if (length < info.length + 11) return undefined
  const out = new Uint8Array(length).fill(0xff)
  out[0] = 0x00
  out[1] = 0x01
  out[length - info.length - 1] = 0x00
  out.set(info, length - info.length)
  return out
}
