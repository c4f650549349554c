import { byteLength } from '../curves/bits.js'
import type { Slices } from '../Slices.js'

/** base^exponent mod modulus in one go. Not constant in time, as nothing over BigInt is. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const steps = modPowSteps(base, exponent, modulus)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** base^exponent mod modulus with pauses between slices. */
export async function slicedModPow(base: bigint, exponent: bigint, modulus: bigint, slices: Slices): Promise<bigint> {
  const length = byteLength(modulus)
  const steps = modPowSteps(base, exponent, modulus)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (slices.multiplications(step.value, length)) await slices.pause()
  }
}

/**
 * The computation, which yields how many multiplications it has done since. Fixed windows of four bits with a multiplication in each:
 * the steps depend on the length of the exponent alone.
 */
function* modPowSteps(base: bigint, exponent: bigint, modulus: bigint): Generator<number, bigint> {
  const reduced = base % modulus
  let result = 1n % modulus
  // A window table costs more than it saves for the exponents of public keys (3, 65537).
  if (exponent < 0x1_0000_0000n) {
    for (const bit of exponent.toString(2)) {
      result = (result * result) % modulus
      if (bit === '1') result = (result * reduced) % modulus
      yield 2
    }
    return result
  }
  // The entry for 0 is 1 in full length: a window of zeros takes the time of any other.
  const table: bigint[] = [modulus + 1n]
  for (let i = 1; i < 16; i++) {
    table.push(((table[i - 1] as bigint) * reduced) % modulus)
    yield 1
  }
  for (const digit of exponent.toString(16)) {
    result = (result * result) % modulus
    result = (result * result) % modulus
    result = (result * result) % modulus
    result = (result * result) % modulus
    result = (result * (table[Number.parseInt(digit, 16)] as bigint)) % modulus
    yield 5
  }
  return result
}
