import { bigIntToBytes, bytesToBigInt } from '@cccd/core'
import { CryptoError } from '../CryptoError.js'
import { byteLength } from '../curves/bits.js'
import type { Pause } from '../pause.js'
import type { RandomSource } from '../port.js'
import { randomBytes } from '../randomBytes.js'
import { modInverse } from './modInverse.js'
import { type PrimalityTest, smallPrimes } from './primes.js'
import type { RsaPrivateKeySpec } from './RsaPrivateKey.js'

export interface GenerateRsaKeyOptions {
  readonly bits: number
  readonly exponent: number
  readonly random: RandomSource
  readonly isPrime: PrimalityTest
  readonly pause: Pause
}

/** A prime of this size stands within so many odd numbers of a random start, or the start is drawn again. */
const searchLength = 4096
const maxDraws = 64

/** An RSA key pair; the same random bytes give the same key on every backend. */
export async function generateRsaKey({
  bits,
  exponent,
  random,
  isPrime,
  pause,
}: GenerateRsaKeyOptions): Promise<RsaPrivateKeySpec> {
  const e = BigInt(exponent)
  const larger = Math.ceil(bits / 2)
  for (let draw = 0; draw < maxDraws; draw++) {
    const p = await findPrime(larger, e, random, isPrime, pause)
    const q = await findPrime(bits - larger, e, random, isPrime, pause)
    // FIPS 186-5 A.1.3: primes that are close to each other are found by Fermat's method.
    const distance = p > q ? p - q : q - p
    if (larger === bits - larger && distance >> BigInt(Math.max(larger - 100, 0)) === 0n) continue
    const lambda = ((p - 1n) * (q - 1n)) / greatestCommonDivisor(p - 1n, q - 1n)
    const d = modInverse(e, lambda)
    if (d === undefined) continue
    const length = Math.ceil(bits / 8)
    return {
      type: 'rsa',
      modulus: bigIntToBytes(p * q, length),
      exponent: bigIntToBytes(e, byteLength(e)),
      privateExponent: bigIntToBytes(d, length),
      primes: [bigIntToBytes(p, byteLength(p)), bigIntToBytes(q, byteLength(q))],
    }
  }
  throw new CryptoError('CRYPTO_BAD_RANDOMNESS', 'the random source gives no two primes')
}

/** A prime of exactly `bits` bits with the two highest set, so that the product of two has all its bits; p-1 prime to e. */
async function findPrime(bits: number, e: bigint, random: RandomSource, isPrime: PrimalityTest, pause: Pause): Promise<bigint> {
  const bytes = Math.ceil(bits / 8)
  const limit = 1n << BigInt(bits)
  for (let draw = 0; draw < maxDraws; draw++) {
    const start = (bytesToBigInt(randomBytes(random, bytes)) % limit) | (3n << BigInt(bits - 2)) | 1n
    const composite = sieve(start)
    for (let step = 0; step < searchLength; step++) {
      if (composite[step] === 1) continue
      const candidate = start + 2n * BigInt(step)
      if (candidate >= limit) break
      if (greatestCommonDivisor(candidate - 1n, e) !== 1n) continue
      await pause()
      if (isPrime(candidate)) return candidate
    }
  }
  throw new CryptoError('CRYPTO_BAD_RANDOMNESS', 'the random source gives no prime')
}

/** Marks start + 2·step where a small prime divides it. */
function sieve(start: bigint): Uint8Array {
  const composite = new Uint8Array(searchLength)
  for (const prime of smallPrimes) {
    const remainder = Number(start % BigInt(prime))
    // The smallest step with start + 2·step ≡ 0; the inverse of 2 is (prime + 1) / 2.
    const first = ((prime - remainder) * ((prime + 1) / 2)) % prime
    for (let step = first; step < searchLength; step += prime) composite[step] = 1
  }
  return composite
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
