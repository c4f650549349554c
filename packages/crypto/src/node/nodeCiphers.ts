import { createCipheriv, createDecipheriv } from 'node:crypto'
import { assertBytes, decodeHex, encodeHex } from '@cccd/core'
import type { AesPort } from '../port.js'
import { cmacOverCbc } from '../symmetric/cmacOverCbc.js'
import { assertCipherArguments, assertKey } from '../symmetric/guards.js'
import { aesBlockLength, aesKeyLengths } from '../symmetric/portableAes.js'
import type { TripleDesCbc } from '../symmetric/tripleDesPort.js'
import { probe } from './once.js'

function run(
  direction: 'encrypt' | 'decrypt',
  name: string,
  key: Uint8Array,
  iv: Uint8Array | null,
  data: Uint8Array,
): Uint8Array {
  const cipher = direction === 'encrypt' ? createCipheriv(name, key, iv) : createDecipheriv(name, key, iv)
  cipher.setAutoPadding(false)
  const out = new Uint8Array(cipher.update(data))
  cipher.final()
  return out
}

const aesName = (key: Uint8Array, mode: 'cbc' | 'ecb'): string => `aes-${8 * key.length}-${mode}`

/** FIPS 197 appendix C: the block 00112233… under the keys 000102…. */
const aesAnswers: Readonly<Record<number, string>> = {
  16: '69c4e0d86a7b0430d8cdb78070b4c55a',
  24: 'dda97ca4864cdfe06eaf70a0ec0d7191',
  32: '8ea2b7ca516745bfeafc49904b496089',
}

export const nodeHasAes = probe(() =>
  aesKeyLengths.every((length) => {
    const key = Uint8Array.from({ length }, (_, i) => i)
    const block = Uint8Array.from({ length: 16 }, (_, i) => 0x11 * i)
    const encrypted = run('encrypt', aesName(key, 'cbc'), key, new Uint8Array(16), block)
    const again = run('encrypt', aesName(key, 'ecb'), key, null, block)
    const decrypted = run('decrypt', aesName(key, 'cbc'), key, new Uint8Array(16), encrypted)
    const expected = aesAnswers[length]
    return encodeHex(encrypted) === expected && encodeHex(again) === expected && encodeHex(decrypted) === encodeHex(block)
  }),
)

/** AES of the runtime; CMAC, which it has not got, over its CBC: a third of the time of the portable one for an APDU. */
export const nodeAes: AesPort = {
  encryptCbc(key, iv, data) {
    assertCipherArguments(key, aesKeyLengths, iv, data, aesBlockLength)
    return run('encrypt', aesName(key, 'cbc'), key, iv, data)
  },
  decryptCbc(key, iv, data) {
    assertCipherArguments(key, aesKeyLengths, iv, data, aesBlockLength)
    return run('decrypt', aesName(key, 'cbc'), key, iv, data)
  },
  encryptBlock(key, block) {
    assertKey(key, aesKeyLengths)
    assertBytes(block, 'block')
    if (block.length !== aesBlockLength) throw new RangeError('block must have 16 bytes')
    return run('encrypt', aesName(key, 'ecb'), key, null, block)
  },
  cmac(key, data) {
    assertKey(key, aesKeyLengths)
    assertBytes(data, 'data')
    return cmacOverCbc((key, iv, data) => run('encrypt', aesName(key, 'cbc'), key, iv, data), key, data)
  },
}

/** OpenSSL 3 has no single DES outside of its legacy provider, but 3DES with three equal keys. */
const tripleDesName = 'des-ede3-cbc'

export const nodeTripleDes: TripleDesCbc = {
  encrypt: (key, iv, data) => run('encrypt', tripleDesName, key, iv, data),
  decrypt: (key, iv, data) => run('decrypt', tripleDesName, key, iv, data),
}

/** NIST SP 800-67 appendix B.1, first block; and FIPS 81 table B1 with one key. */
export const nodeHasTripleDes = probe(() => {
  const iv = new Uint8Array(8)
  const three = decodeHex('0123456789abcdef23456789abcdef01456789abcdef0123')
  const one = decodeHex('0123456789abcdef0123456789abcdef0123456789abcdef')
  const encrypted = nodeTripleDes.encrypt(three, iv, decodeHex('5468652071756663'))
  return (
    encodeHex(encrypted) === 'a826fd8ce53b855f' &&
    encodeHex(nodeTripleDes.decrypt(three, iv, encrypted)) === '5468652071756663' &&
    encodeHex(nodeTripleDes.encrypt(one, iv, decodeHex('4e6f772069732074'))) === '3fa40e8a984d4815'
  )
})
