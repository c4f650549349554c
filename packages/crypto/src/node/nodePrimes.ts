import { checkPrimeSync } from 'node:crypto'
import { millerRabin, type PrimalityTest } from '../rsa/primes.js'
import { answers, once } from './once.js'

const nodeHasPrimes = once((_: 'primes'): boolean =>
  answers(() => checkPrimeSync((1n << 521n) - 1n) && !checkPrimeSync((1n << 521n) - 3n)),
)

/** The runtime's primality test, where it has one. It says the same as ours, only sooner. */
export const nodePrimality: PrimalityTest = (candidate) =>
  nodeHasPrimes('primes') ? checkPrimeSync(candidate, { checks: 16 }) : millerRabin(candidate)
