import { bytesToBigInt } from '@cccd/core'
import { bitLength } from '../curves/bits.js'
import { systemRandom } from '../systemRandom.js'

/** As many bits as hide a scalar also where the order is close to a power of two, as those of the P curves are. */
export const blindBits = 128

/**
 * A secret scalar plus a random multiple of the order, which multiplies a point of that order to the same product by other steps each
 * time (Coron 1999). Where the runtime has no randomness the scalar goes as it is.
 */
export function blindScalar(order: bigint, scalar: bigint): { readonly value: bigint; readonly bits: number } {
  const bits = bitLength(order)
  if (typeof globalThis.crypto?.getRandomValues !== 'function') return { value: scalar, bits }
  const blind = systemRandom(blindBits / 8)
  // Of full length and never zero, and with room for the scalar below 2^(bits + blindBits).
  blind[0] = ((blind[0] as number) & 0x3f) | 0x80
  return { value: scalar + bytesToBigInt(blind) * order, bits: bits + blindBits }
}
