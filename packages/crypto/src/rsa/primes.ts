import { modPow } from './modPow.js'

/** Odd primes below 2000. */
export const smallPrimes: readonly number[] = /* @__PURE__ */ (() => {
  const out: number[] = []
  for (let candidate = 3; candidate < 2000; candidate += 2)
    if (out.every((prime) => prime * prime > candidate || candidate % prime !== 0)) out.push(candidate)
  return out
})()

/** Whether a number that no small prime divides is prime. Wrong with a chance below 2^-100 for a number drawn at random. */
export type PrimalityTest = (candidate: bigint) => boolean

/**
 * Miller–Rabin (FIPS 186-5 B.3.1) with the first prime bases. Candidates come from a random source, not from an adversary,
 * so fixed bases do; for random numbers of 256 bits and more FIPS 186-5 table B.1 asks for 5 rounds at most.
 */
export const millerRabin: PrimalityTest = (candidate) => {
  let odd = candidate - 1n
  let twos = 0
  while ((odd & 1n) === 0n) {
    odd >>= 1n
    twos++
  }
  return [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n].every((base) => {
    let power = modPow(base, odd, candidate)
    if (power === 1n || power === candidate - 1n) return true
    for (let i = 1; i < twos; i++) {
      power = (power * power) % candidate
      if (power === candidate - 1n) return true
    }
    return false
  })
}
