import { assertBytes, bytesToBigInt } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'
import { bitLength, byteLength } from '../curves/bits.js'
import type { RandomSource } from '../port.js'
import { randomBytes } from '../randomBytes.js'

/** A working source is refused with a chance of less than one half a draw, so this many refusals mean that it is stuck. */
const maxDraws = 128

/**
 * A scalar in [1, n-1] by rejection sampling (FIPS 186-5 A.2.2): as many bytes as the order has, surplus high bits cleared.
 * A source that gives the bytes of a valid scalar gives that scalar, as worked examples need it.
 * @throws CryptoError `CRYPTO_BAD_RANDOMNESS` for a source that is stuck
 */
export function drawScalar(order: bigint, random: RandomSource): Uint8Array {
  const length = byteLength(order)
  const mask = 0xff >> (8 * length - bitLength(order))
  for (let draw = 0; draw < maxDraws; draw++) {
    const bytes = Uint8Array.from(randomBytes(random, length))
    bytes[0] = (bytes[0] as number) & mask
    const value = bytesToBigInt(bytes)
    if (value > 0n && value < order) return bytes
  }
  throw new CryptoError('CRYPTO_BAD_RANDOMNESS', 'the random source gives no usable scalar')
}

/**
 * The number of a scalar that this side of a protocol chose.
 * @throws TypeError, RangeError unless it has the length of the order and lies in [1, n-1]
 */
export function scalarValue(order: bigint, scalar: Uint8Array): bigint {
  assertBytes(scalar, 'scalar')
  const value = bytesToBigInt(scalar)
  if (scalar.length !== byteLength(order) || value === 0n || value >= order)
    throw new RangeError('scalar must have the length of the order and lie in [1, n-1]')
  return value
}
