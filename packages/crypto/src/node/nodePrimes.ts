import { checkPrimeSync } from 'node:crypto'
import { millerRabin, type PrimalityTest } from '../rsa/primes.js'
import { probe } from './once.js'

/** 2^521 - 1 is prime, 2^521 - 3 is not. */
const nodeHasPrimes = probe(() => checkPrimeSync((1n << 521n) - 1n) && !checkPrimeSync((1n << 521n) - 3n))

/** The runtime's primality test, where it has one. It says the same as ours, only sooner. */
export const nodePrimality: PrimalityTest = (candidate) =>
  nodeHasPrimes() ? checkPrimeSync(candidate, { checks: 16 }) : millerRabin(candidate)
