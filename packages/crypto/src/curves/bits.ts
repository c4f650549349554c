/** The position of the highest set bit of a non-negative number (0n: 0). */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length
}

/** The bytes that hold a non-negative number. */
export function byteLength(value: bigint): number {
  return Math.ceil(bitLength(value) / 8)
}
