import { concatBytes, decodeHex } from '@cccd/core'
import { StatusError } from '../StatusError.js'
import type { Mapping, MappingContext } from './Mapping.js'

const constants = {
  16: ['a668892a7c41e3ca739f40b057d85904', 'a4e136ac725f738b01c1f60217c188ad'],
  32: [
    'd463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676',
    '54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517',
  ],
} as const

/** Bytes of the nonce of integrated mapping: one or two blocks of 128 bits, by the key length (Doc 9303-11, 4.4.3.3.2). */
export function integratedNonceLength(keyLength: number): 16 | 32 {
  return keyLength === 16 ? 16 : 32
}

/** R(s,t), the cipher in CBC mode over two constants, at least 64 bits longer than the prime (figure 2). */
function pseudoRandom({ suite, group, nonce, data }: MappingContext): Uint8Array {
  const [c0, c1] = constants[integratedNonceLength(suite.keyLength)].map(decodeHex) as [Uint8Array, Uint8Array]
  const iv = new Uint8Array(suite.blockLength)
  const rounds = Math.ceil((8 * group.fieldLength + 64) / (8 * c0.length))
  const parts: Uint8Array[] = []
  let key = suite.encrypt(data, iv, nonce)
  for (let round = 0; round < rounds; round++) {
    const truncated = key.slice(0, suite.keyLength)
    parts.push(suite.encrypt(truncated, iv, c1))
    key = suite.encrypt(truncated, iv, c0)
  }
  return concatBytes(...parts)
}

/** Integrated mapping: the terminal's nonce and ours give the generator; there is nothing to answer (4.4.3.3.2). */
export const mapIntegrated: Mapping = async (context) => {
  if (context.data.length !== context.suite.keyLength) throw new StatusError(0x6a80)
  return { generator: await context.group.mapPseudoRandom(pseudoRandom(context)), answer: new Uint8Array(0) }
}
