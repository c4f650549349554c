import { bigIntToBytes, bytesToBigInt, concatBytes } from '@cccd/core'
import { createHmacDrbg } from '@noble/curves/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { bitLength, byteLength } from '../curves/bits.js'
import { portableHash } from '../hash/portableHashes.js'
import type { HashAlgorithm } from '../port.js'

export interface EcdsaNonceInput {
  readonly order: bigint
  readonly hash: HashAlgorithm
  readonly scalar: Uint8Array
  /** The number of the digest, see `digestValue`. */
  readonly value: bigint
  readonly extraEntropy: Uint8Array
}

export interface EcdsaNonce {
  /** The nonce of RFC 6979 3.2, with the additional data of its 3.6: a scalar in [1, n-1]. */
  readonly nonce: bigint
  /** Another scalar that nobody can know, the next of the same generator: the nonce is inverted as part of a product with it. */
  readonly blind: bigint
}

/** The secret numbers of a signature. The same input gives the same. */
export function ecdsaNonce({ order, hash, scalar, value, extraEntropy }: EcdsaNonceInput): EcdsaNonce {
  const length = byteLength(order)
  const surplus = BigInt(8 * length - bitLength(order))
  const algorithm = portableHash(hash)
  const generate = createHmacDrbg<EcdsaNonce>(algorithm.outputLen, length, (key: Uint8Array, message: Uint8Array) =>
    hmac(algorithm, key, message),
  )
  let nonce: bigint | undefined
  return generate(concatBytes(scalar, bigIntToBytes(value, length), extraEntropy), (bytes) => {
    const candidate = bytesToBigInt(bytes.subarray(0, length)) >> surplus
    if (candidate === 0n || candidate >= order) return undefined
    if (nonce !== undefined) return { nonce, blind: candidate }
    nonce = candidate
    return undefined
  })
}
