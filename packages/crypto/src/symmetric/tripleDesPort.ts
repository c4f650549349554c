import { assertBytes } from '@cccd/core'
import type { TripleDesPort } from '../port.js'
import { assertBlocks, assertCipherArguments, assertKey } from './guards.js'
import { desBlockLength, tripleDesKey, tripleDesKeyLengths } from './tripleDesKeys.js'

/** 3DES in CBC mode with a 24-byte key, no padding, at least one block. */
export interface TripleDesCbc {
  encrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array
  decrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array
}

const retailKeyLengths = [16] as const

/** The port over whatever computes 3DES. */
export function tripleDesPort(cipher: TripleDesCbc): TripleDesPort {
  return {
    encryptCbc(key, iv, data) {
      assertCipherArguments(key, tripleDesKeyLengths, iv, data, desBlockLength)
      return data.length === 0 ? new Uint8Array(0) : cipher.encrypt(tripleDesKey(key), iv, data)
    },
    decryptCbc(key, iv, data) {
      assertCipherArguments(key, tripleDesKeyLengths, iv, data, desBlockLength)
      return data.length === 0 ? new Uint8Array(0) : cipher.decrypt(tripleDesKey(key), iv, data)
    },
    retailMac(key, paddedData) {
      assertKey(key, retailKeyLengths)
      assertBytes(paddedData, 'paddedData')
      assertBlocks(paddedData, desBlockLength)
      if (paddedData.length === 0) throw new RangeError('paddedData must have at least one block')
      // Algorithm 3: CBC with K1, and for the last block decryption with K2 and encryption with K1, which is EDE.
      const last = paddedData.length - desBlockLength
      const head = paddedData.subarray(0, last)
      const chained = last === 0 ? head : cipher.encrypt(tripleDesKey(key.subarray(0, 8)), new Uint8Array(8), head)
      const iv = last === 0 ? new Uint8Array(8) : chained.subarray(last - desBlockLength)
      return cipher.encrypt(tripleDesKey(key), iv, paddedData.subarray(last))
    },
  }
}
