import { bytesToBigInt } from '@cccd/core'
import { bitLength } from '../curves/bits.js'

/** The number that ECDSA takes of a digest: as many of its first bits as the order has, modulo the order (SEC 1 4.1.3 step 5). */
export function digestValue(order: bigint, digest: Uint8Array): bigint {
  const surplus = 8 * digest.length - bitLength(order)
  const value = bytesToBigInt(digest)
  return (surplus > 0 ? value >> BigInt(surplus) : value) % order
}
