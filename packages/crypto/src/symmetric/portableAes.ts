import { assertBytes } from '@cccd/core'
import { cbc, cmac, ecb } from '@noble/ciphers/aes.js'
import type { AesPort } from '../port.js'
import { assertCipherArguments, assertKey } from './guards.js'

export const aesKeyLengths = [16, 24, 32] as const
export const aesBlockLength = 16
const options = { disablePadding: true } as const

/** AES over tables; not constant in time against an attacker who shares the processor's cache. */
export const portableAes: AesPort = {
  encryptCbc(key, iv, data) {
    assertCipherArguments(key, aesKeyLengths, iv, data, aesBlockLength)
    return data.length === 0 ? new Uint8Array(0) : cbc(key, iv, options).encrypt(data)
  },
  decryptCbc(key, iv, data) {
    assertCipherArguments(key, aesKeyLengths, iv, data, aesBlockLength)
    return data.length === 0 ? new Uint8Array(0) : cbc(key, iv, options).decrypt(data)
  },
  encryptBlock(key, block) {
    assertKey(key, aesKeyLengths)
    assertBytes(block, 'block')
    if (block.length !== aesBlockLength) throw new RangeError('block must have 16 bytes')
    return ecb(key, options).encrypt(block)
  },
  cmac(key, data) {
    assertKey(key, aesKeyLengths)
    assertBytes(data, 'data')
    return cmac(data, key)
  },
}
