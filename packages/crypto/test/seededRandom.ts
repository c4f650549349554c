import type { RandomSource } from '@cccd/crypto'
import { portableCrypto } from '@cccd/crypto/portable'

/** A repeatable source: SHA-256 in counter mode over a label. */
export function seededRandom(label: string): RandomSource {
  const port = portableCrypto()
  const seed = Uint8Array.from(label, (character) => character.charCodeAt(0))
  let counter = 0
  return (length) => {
    const out = new Uint8Array(length)
    for (let at = 0; at < length; at += 32) {
      const block = port.hash('sha256', seed, Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter))
      counter++
      out.set(block.subarray(0, Math.min(32, length - at)), at)
    }
    return out
  }
}
