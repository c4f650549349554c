import { concatBytes, encodeUtf8 } from '@cccd/core'
import type { HashAlgorithm, RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'

/** The one primitive that a seeded source needs. */
export interface SeedHash {
  hash(algorithm: HashAlgorithm, ...data: readonly Uint8Array[]): Uint8Array
}

/**
 * A source of bytes that gives the same bytes for the same seed (SHA-256 in counter mode), so that a DEMO issuer, citizen or
 * card can be made again. Not for real keys.
 *
 * @example
 * const issuer = await createIssuer({ random: seededRandom('issuer of my tests') })
 */
export function seededRandom(seed: string, crypto: SeedHash = defaultCrypto()): RandomSource {
  const key = crypto.hash('sha256', encodeUtf8(seed))
  let counter = 0
  let pool: Uint8Array = new Uint8Array(0)
  return (length) => {
    const parts: Uint8Array[] = [pool]
    for (let have = pool.length; have < length; have += 32) {
      const block = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter)
      parts.push(crypto.hash('sha256', key, block))
      counter++
    }
    const bytes = concatBytes(...parts)
    pool = bytes.subarray(length)
    return bytes.slice(0, length)
  }
}
