/** base^exponent mod modulus by fixed windows of four bits. Not constant in time, as nothing over BigInt is. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const reduced = base % modulus
  // A window table costs more than it saves for the exponents of public keys (3, 65537).
  if (exponent < 0x1_0000_0000n) return modPowBinary(reduced, exponent, modulus)
  const table: bigint[] = [1n]
  for (let i = 1; i < 16; i++) table.push(((table[i - 1] as bigint) * reduced) % modulus)
  let result = 1n
  for (const digit of exponent.toString(16)) {
    result = (result * result) % modulus
    result = (result * result) % modulus
    result = (result * result) % modulus
    result = (result * result) % modulus
    const window = Number.parseInt(digit, 16)
    if (window !== 0) result = (result * (table[window] as bigint)) % modulus
  }
  return result
}

function modPowBinary(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n % modulus
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}
