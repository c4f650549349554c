import { type CryptoPort, curveNames, type RandomSource } from '@cccd/crypto'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'

const brainpool = curveNames.filter((name) => name.startsWith('brainpool'))

/** Node as Bun and Electron have it: without brainpool, 3DES and SHA-512/256. */
export const mixedCrypto: CryptoPort = nodeCrypto({
  without: [...brainpool.flatMap((name) => [`curve:${name}`, `ecdsa:${name}`]), '3des', 'hash:sha512/256', 'hash:sha384'],
})

/** The one suite runs over each of these. */
export const backends: readonly (readonly [string, CryptoPort])[] = [
  ['portable', portableCrypto()],
  ['node', nodeCrypto()],
  ['node without brainpool', mixedCrypto],
]

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

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** A copy with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const out = Uint8Array.from(bytes)
  const at = Math.floor(bit / 8) % out.length
  out[at] = (out[at] as number) ^ (1 << (bit % 8))
  return out
}
