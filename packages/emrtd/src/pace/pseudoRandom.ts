import { concatBytes, decodeHex, wipe } from '@cccd/core'
import type { CipherSuite } from '../channel/cipherSuite.js'

/** c0 and c1 for nonces of 128 and 256 bits (Doc 9303-11, 4.4.3.3.2). */
const constants = /* @__PURE__ */ new Map<number, readonly [string, string]>([
  [16, ['a668892a7c41e3ca739f40b057d85904', 'a4e136ac725f738b01c1f60217c188ad']],
  [
    32,
    [
      'd463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676',
      '54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517',
    ],
  ],
])

/** Bytes of the nonce s of integrated mapping: 16 with 3DES and AES-128, 32 with longer keys. */
export function integratedNonceLength({ keyLength }: CipherSuite): number {
  return keyLength === 16 ? 16 : 32
}

/**
 * R(s,t): the cipher in CBC mode, keyed by t, over s gives the first key; each key gives the next over c0 and a part of the output over c1,
 * until there are 64 bits more than the field has (Doc 9303-11, 4.4.3.3.2, figure 2). Keys are cut to the length of the cipher's.
 */
export function pseudoRandom(suite: CipherSuite, nonce: Uint8Array, terminalNonce: Uint8Array, fieldBits: number): Uint8Array {
  const [c0 = '', c1 = ''] = constants.get(nonce.length) ?? []
  const rounds = Math.ceil((fieldBits + 64) / (8 * nonce.length))
  const parts: Uint8Array[] = []
  let block = suite.encryptPlain(terminalNonce, nonce)
  for (let round = 0; round < rounds; round++) {
    const key = block.slice(0, suite.keyLength)
    parts.push(suite.encryptPlain(key, decodeHex(c1)))
    block = suite.encryptPlain(key, decodeHex(c0))
    wipe(key)
  }
  wipe(block)
  return concatBytes(...parts)
}
