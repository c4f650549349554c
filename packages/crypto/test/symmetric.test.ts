import { decodeHex, encodeHex } from '@cccd/core'
import { type CryptoPort, padIso9797Method2 } from '@cccd/crypto'
import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { backends, seededRandom } from './backends.js'

interface MacVectors {
  readonly aes_cmac: readonly { readonly key: string; readonly msg: string; readonly cmac: string }[]
  readonly retail_mac: readonly {
    readonly key: string
    readonly data_unpadded: string
    readonly mac: string
    readonly padding: string
  }[]
}

const zero8 = new Uint8Array(8)
const zero16 = new Uint8Array(16)

describe.each(backends)('AES: %s', (_, { aes }) => {
  // FIPS 197 appendix C.
  it.each([
    ['000102030405060708090a0b0c0d0e0f', '69c4e0d86a7b0430d8cdb78070b4c55a'],
    ['000102030405060708090a0b0c0d0e0f1011121314151617', 'dda97ca4864cdfe06eaf70a0ec0d7191'],
    ['000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', '8ea2b7ca516745bfeafc49904b496089'],
  ])('one block under %s', (keyHex, cryptogram) => {
    const [key, block] = [decodeHex(keyHex), decodeHex('00112233445566778899aabbccddeeff')]
    expect(encodeHex(aes.encryptBlock(key, block))).toBe(cryptogram)
    expect(encodeHex(aes.encryptCbc(key, zero16, block))).toBe(cryptogram)
    expect(aes.decryptCbc(key, zero16, decodeHex(cryptogram))).toEqual(block)
  })

  // NIST SP 800-38A F.2.1.
  it('CBC chains blocks', () => {
    const key = decodeHex('2b7e151628aed2a6abf7158809cf4f3c')
    const iv = decodeHex('000102030405060708090a0b0c0d0e0f')
    const plain = decodeHex('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51')
    const encrypted = aes.encryptCbc(key, iv, plain)
    expect(encodeHex(encrypted)).toBe('7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2')
    expect(aes.decryptCbc(key, iv, encrypted)).toEqual(plain)
    expect(plain[0]).toBe(0x6b)
  })

  it('an empty text stays empty', () => {
    expect(aes.encryptCbc(zero16, zero16, new Uint8Array(0))).toEqual(new Uint8Array(0))
    expect(aes.decryptCbc(zero16, zero16, new Uint8Array(0))).toEqual(new Uint8Array(0))
  })

  it('refuses keys and IVs of another length (the caller), and half blocks (the chip)', () => {
    for (const length of [0, 8, 15, 17, 33]) {
      const key = new Uint8Array(length)
      expect(() => aes.encryptCbc(key, zero16, zero16)).toThrow(RangeError)
      expect(() => aes.decryptCbc(key, zero16, zero16)).toThrow(RangeError)
      expect(() => aes.encryptBlock(key, zero16)).toThrow(RangeError)
      expect(() => aes.cmac(key, zero16)).toThrow(RangeError)
    }
    expect(() => aes.encryptCbc(zero16, zero8, zero16)).toThrow(RangeError)
    expect(() => aes.encryptBlock(zero16, new Uint8Array(32))).toThrow(RangeError)
    const half = expect.objectContaining({ code: 'CRYPTO_BAD_LENGTH' })
    expect(() => aes.encryptCbc(zero16, zero16, new Uint8Array(15))).toThrow(half)
    expect(() => aes.decryptCbc(zero16, zero16, new Uint8Array(17))).toThrow(half)
  })
})

describe.each(backends)('3DES: %s', (_, crypto) => {
  it('single, two-key and three-key', async () => {
    const des = await crypto.tripleDes()
    // FIPS 81 table B1; NIST SP 800-67 appendix B.1.
    expect(encodeHex(des.encryptCbc(decodeHex('0123456789abcdef'), zero8, decodeHex('4e6f772069732074')))).toBe(
      '3fa40e8a984d4815',
    )
    const three = decodeHex('0123456789abcdef23456789abcdef01456789abcdef0123')
    expect(encodeHex(des.encryptCbc(three, zero8, decodeHex('5468652071756663')))).toBe('a826fd8ce53b855f')
    const two = decodeHex('0123456789abcdef23456789abcdef01')
    const spelled = decodeHex('0123456789abcdef23456789abcdef010123456789abcdef')
    const text = seededRandom('3des')(64)
    expect(des.encryptCbc(two, zero8, text)).toEqual(des.encryptCbc(spelled, zero8, text))
  })

  // Doc 9303-11 appendix D.3: EXTERNAL AUTHENTICATE of BAC.
  it('encrypts and authenticates as the worked example of BAC', async () => {
    const des = await crypto.tripleDes()
    const s = decodeHex('781723860c06c2264608f919887022120b795240cb7049b01c19b33e32804f0b')
    const cryptogram = des.encryptCbc(decodeHex('ab94fdecf2674fdfb9b391f85d7f76f2'), zero8, s)
    expect(encodeHex(cryptogram)).toBe('72c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f2')
    const mac = des.retailMac(decodeHex('7962d9ece03d1acd4c76089dce131543'), padIso9797Method2(cryptogram, 8))
    expect(encodeHex(mac)).toBe('5f1448eea8ad90a7')
    expect(des.decryptCbc(decodeHex('ab94fdecf2674fdfb9b391f85d7f76f2'), zero8, cryptogram)).toEqual(s)
  })

  it('refuses wrong lengths', async () => {
    const des = await crypto.tripleDes()
    expect(() => des.encryptCbc(new Uint8Array(15), zero8, zero8)).toThrow(RangeError)
    expect(() => des.decryptCbc(zero16, zero16, zero8)).toThrow(RangeError)
    const half = expect.objectContaining({ code: 'CRYPTO_BAD_LENGTH' })
    expect(() => des.encryptCbc(zero16, zero8, new Uint8Array(7))).toThrow(half)
    expect(() => des.decryptCbc(zero16, zero8, new Uint8Array(9))).toThrow(half)
    expect(() => des.retailMac(zero16, new Uint8Array(12))).toThrow(half)
    expect(() => des.retailMac(zero16, new Uint8Array(0))).toThrow(RangeError)
    expect(() => des.retailMac(zero8, zero8)).toThrow(RangeError)
    expect(des.encryptCbc(zero8, zero8, new Uint8Array(0))).toEqual(new Uint8Array(0))
  })

  it('does the same as every other backend', async () => {
    const random = seededRandom('3des backends')
    const reference = await (backends[0] as readonly [string, CryptoPort])[1].tripleDes()
    const des = await crypto.tripleDes()
    for (const keyLength of [8, 16, 24])
      for (const length of [8, 16, 232]) {
        const [key, iv, data] = [random(keyLength), random(8), random(length)]
        const encrypted = des.encryptCbc(key, iv, data)
        expect(encrypted).toEqual(reference.encryptCbc(key, iv, data))
        expect(des.decryptCbc(key, iv, encrypted)).toEqual(data)
        if (keyLength === 16) expect(des.retailMac(key, data)).toEqual(reference.retailMac(key, data))
      }
  })
})

describe.skipIf(sharedVectors === undefined).each(backends)('MAC vectors: %s', (_, crypto) => {
  const vectors = sharedVectors === undefined ? undefined : readVectorJson<MacVectors>('crypto', 'mac_kdf_vectors.json')

  it('AES-CMAC (NIST SP 800-38B)', () => {
    for (const { key, msg, cmac } of vectors?.aes_cmac ?? [])
      expect(encodeHex(crypto.aes.cmac(decodeHex(key), decodeHex(msg)))).toBe(cmac)
    expect(vectors?.aes_cmac).toHaveLength(12)
  })

  it('retail MAC (ISO/IEC 9797-1 algorithm 3)', async () => {
    const des = await crypto.tripleDes()
    for (const { key, data_unpadded, mac } of vectors?.retail_mac ?? [])
      expect(encodeHex(des.retailMac(decodeHex(key), padIso9797Method2(decodeHex(data_unpadded), 8)))).toBe(mac)
    expect(vectors?.retail_mac).toHaveLength(4)
  })
})
