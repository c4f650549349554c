import { type CryptoPort, curveNames } from '@cccd/crypto'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'

export { seededRandom } from './seededRandom.js'

const brainpool = curveNames.filter((name) => name.startsWith('brainpool'))

/** Node as Bun and Electron have it: without brainpool, 3DES and SHA-512/256; and without some that others lack. */
export const mixedCrypto: CryptoPort = nodeCrypto({
  without: [
    ...brainpool.flatMap((name) => [`curve:${name}`, `ecdsa:${name}`]),
    '3des',
    'hash:sha512/256',
    'hash:sha384',
    'dh:rfc5114-2048-224',
  ],
})

/** The one suite runs over each of these. */
export const backends: readonly (readonly [string, CryptoPort])[] = [
  ['portable', portableCrypto()],
  ['node', nodeCrypto()],
  ['node without brainpool', mixedCrypto],
]

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** A copy with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const out = Uint8Array.from(bytes)
  const at = Math.floor(bit / 8) % out.length
  out[at] = (out[at] as number) ^ (1 << (bit % 8))
  return out
}
