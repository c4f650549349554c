import type { PrivateKeySpec, RandomSource } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import type { KeyAlgorithm } from './KeyAlgorithm.js'

/** A new key pair of an algorithm. */
export async function generateKey(algorithm: KeyAlgorithm, random: RandomSource): Promise<PrivateKeySpec> {
  if (algorithm.type === 'ec') return generateKeyPair({ type: 'ec', curve: algorithm.curve }, random)
  return generateKeyPair({ type: 'rsa', bits: algorithm.bits, exponent: algorithm.exponent ?? 65537 }, random)
}
