/** The inverse of value modulo modulus (extended Euclid), or undefined when they share a factor. */
export function modInverse(value: bigint, modulus: bigint): bigint | undefined {
  let [oldR, r] = [((value % modulus) + modulus) % modulus, modulus]
  let [oldS, s] = [1n, 0n]
  while (r !== 0n) {
    const quotient = oldR / r
    ;[oldR, r] = [r, oldR - quotient * r]
    ;[oldS, s] = [s, oldS - quotient * s]
  }
  return oldR === 1n ? ((oldS % modulus) + modulus) % modulus : undefined
}
