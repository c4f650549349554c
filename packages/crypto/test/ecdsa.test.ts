import { bigIntToBytes, bytesToBigInt, concatBytes, decodeHex, encodeHex, encodeTlv } from '@cccd/core'
import { curveNames, curveParameters, hashAlgorithms, publicKeyOf, type SignatureScheme } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { portableCrypto } from '@cccd/crypto/portable'
import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curvePoints } from '../src/ec/curvePoints.js'
import { plainSignature } from '../src/ec/ecdsaSignature.js'
import { portableHash } from '../src/hash/portableHashes.js'
import { ascii, backends, flipBit, seededRandom } from './backends.js'

const plain = { type: 'ecdsa', hash: 'sha256', format: 'plain' } as const
const der = { type: 'ecdsa', hash: 'sha256', format: 'der' } as const

function derOf(r: bigint, s: bigint, length: number): Uint8Array {
  const integer = (value: bigint): Uint8Array => encodeTlv(0x02, bigIntToBytes(value, length + 1))
  return encodeTlv(0x30, integer(r), integer(s))
}

describe.each(backends)('ECDSA: %s', (backend, crypto) => {
  it.each(curveNames)('%s: signs and verifies in both formats; another message, key or signature is wrong', async (name) => {
    const random = seededRandom(`ecdsa ${name}`)
    const [spec, otherSpec] = [
      await generateKeyPair({ type: 'ec', curve: name }, random),
      await generateKeyPair({ type: 'ec', curve: name }, random),
    ]
    const key = await crypto.importPrivateKey(spec)
    const [publicKey, other] = [
      await crypto.importPublicKey(publicKeyOf(spec)),
      await crypto.importPublicKey(publicKeyOf(otherSpec)),
    ]
    expect(publicKey.bits).toBe(Number(name.match(/\d+/)?.[0]))
    expect(await publicKey.recover(random(64))).toBeUndefined()
    const message = ascii('the message')
    const { n } = curveParameters(name)
    for (const format of ['der', 'plain'] as const) {
      const scheme: SignatureScheme = { type: 'ecdsa', hash: 'sha384', format }
      const signature = await key.sign(scheme, message, random)
      expect(await publicKey.verify(scheme, message, signature)).toBe(true)
      expect(await publicKey.verify(scheme, ascii('another'), signature)).toBe(false)
      expect(await publicKey.verify({ ...scheme, hash: 'sha512' }, message, signature)).toBe(false)
      expect(await publicKey.verify({ ...scheme, format: format === 'der' ? 'plain' : 'der' }, message, signature)).toBe(false)
      expect(await other.verify(scheme, message, signature)).toBe(false)
      expect(await publicKey.verify(scheme, message, flipBit(signature, 8 * (signature.length - 1)))).toBe(false)
      expect(await publicKey.verify(scheme, message, signature.subarray(1))).toBe(false)
      expect(await publicKey.verify(scheme, message, concatBytes(signature, Uint8Array.of(0)))).toBe(false)
      expect(await publicKey.verify(scheme, message, new Uint8Array(0))).toBe(false)
      expect(await publicKey.verify(scheme, message, new Uint8Array(signature.length))).toBe(false)
    }
    // Both s and n - s are signatures: chips make no difference.
    const scheme: SignatureScheme = { type: 'ecdsa', hash: 'sha1', format: 'plain' }
    const signature = await key.sign(scheme, message, random)
    const half = signature.length / 2
    const mirrored = concatBytes(signature.subarray(0, half), bigIntToBytes(n - bytesToBigInt(signature.subarray(half)), half))
    expect(await publicKey.verify(scheme, message, mirrored)).toBe(true)
  })

  it.each(hashAlgorithms)('signs over %s, shorter and longer than the order', async (hash) => {
    const random = seededRandom(`ecdsa ${hash}`)
    for (const curve of ['brainpoolP160r1', 'P-521'] as const) {
      const spec = await generateKeyPair({ type: 'ec', curve }, random)
      const scheme: SignatureScheme = { type: 'ecdsa', hash, format: 'der' }
      const signature = await (await crypto.importPrivateKey(spec)).sign(scheme, random(100), random)
      const publicKey = await crypto.importPublicKey(publicKeyOf(spec))
      expect(await publicKey.verify(scheme, random(100), signature)).toBe(false)
      const message = ascii(hash)
      const good = await (await crypto.importPrivateKey(spec)).sign(scheme, message, random)
      expect(await publicKey.verify(scheme, message, good)).toBe(true)
    }
  })

  it('gives the same signature as every backend for the same source, and another for another', async () => {
    const spec = await generateKeyPair({ type: 'ec', curve: 'brainpoolP384r1' }, seededRandom('same'))
    const sign = async (port: typeof crypto, label: string): Promise<string> =>
      encodeHex(await (await port.importPrivateKey(spec)).sign(der, ascii('m'), seededRandom(label)))
    expect(await sign(crypto, 'a')).toBe(await sign(portableCrypto(), 'a'))
    expect(await sign(crypto, 'a')).not.toBe(await sign(crypto, 'b'))
  })

  it.each(curveNames)('%s: gives the signature that noble gives', async (name) => {
    const spec = await generateKeyPair({ type: 'ec', curve: name }, seededRandom(`noble ${name}`))
    const key = await crypto.importPrivateKey(spec)
    const message = ascii('the message')
    for (const hash of ['sha1', 'sha256', 'sha512'] as const) {
      const extraEntropy = seededRandom(hash)(32)
      const options = { prehash: false, lowS: false, format: 'compact', extraEntropy } as const
      const expected = ecdsa(curvePoints(name), portableHash(hash)).sign(
        crypto.hash(hash, message),
        spec.type === 'ec' ? spec.scalar : message,
        options,
      )
      expect(await key.sign({ type: 'ecdsa', hash, format: 'plain' }, message, seededRandom(hash))).toEqual(expected)
    }
  })

  it('refuses r and s out of range, alone or together', async () => {
    const spec = await generateKeyPair({ type: 'ec', curve: 'brainpoolP256r1' }, seededRandom('range'))
    const key = await crypto.importPublicKey(publicKeyOf(spec))
    const { n, p } = curveParameters('brainpoolP256r1')
    for (const r of [0n, 1n, n - 1n, n, n + 1n, p, 2n ** 256n - 1n])
      for (const s of [0n, 1n, n - 1n, n, n + 1n, p]) {
        const signature = concatBytes(bigIntToBytes(r, 32), bigIntToBytes(s, 32))
        expect(await key.verify(plain, ascii('m'), signature)).toBe(false)
        expect(await key.verify(der, ascii('m'), derOf(r, s, 32))).toBe(false)
      }
  })

  it('says key mismatch for an RSA scheme, and refuses what is not bytes', async () => {
    const spec = await generateKeyPair({ type: 'ec', curve: 'P-256' }, seededRandom('mismatch'))
    const [key, publicKey] = [await crypto.importPrivateKey(spec), await crypto.importPublicKey(publicKeyOf(spec))]
    const mismatch = expect.objectContaining({ code: 'CRYPTO_KEY_MISMATCH' })
    const rsa = { type: 'rsa-pkcs1', hash: 'sha256' } as const
    await expect(publicKey.verify(rsa, ascii('m'), new Uint8Array(64))).rejects.toEqual(mismatch)
    await expect(key.sign(rsa, ascii('m'), seededRandom('x'))).rejects.toEqual(mismatch)
    await expect(key.rawRsa(new Uint8Array(32))).rejects.toEqual(mismatch)
    const text: unknown = 'm'
    await expect(publicKey.verify(plain, text as Uint8Array, new Uint8Array(64))).rejects.toThrow(TypeError)
    await expect(publicKey.verify(plain, ascii('m'), text as Uint8Array)).rejects.toThrow(TypeError)
    const unknown = { type: 'ecdsa', hash: 'md5', format: 'plain' } as unknown
    const unsupported = expect.objectContaining({ code: 'CRYPTO_UNSUPPORTED' })
    await expect(publicKey.verify(unknown as SignatureScheme, ascii('m'), new Uint8Array(64))).rejects.toEqual(unsupported)
  })

  it('refuses a private key whose scalar is out of range or whose point is another', async () => {
    const spec = await generateKeyPair({ type: 'ec', curve: 'P-224' }, seededRandom('private'))
    if (spec.type !== 'ec') throw new TypeError('not an EC key')
    const bad = expect.objectContaining({ code: 'CRYPTO_BAD_KEY' })
    const other = await generateKeyPair({ type: 'ec', curve: 'P-224' }, seededRandom('other'))
    if (other.type !== 'ec') throw new TypeError('not an EC key')
    for (const wrong of [
      { ...spec, scalar: new Uint8Array(28) },
      { ...spec, scalar: new Uint8Array(28).fill(0xff) },
      { ...spec, scalar: spec.scalar.subarray(1) },
      { ...spec, point: other.point },
      { ...spec, point: new Uint8Array(0) },
    ])
      await expect(crypto.importPrivateKey(wrong)).rejects.toEqual(bad)
  })

  // RFC 6979 A.2.5, P-256 with SHA-256 over "sample": a published signature verifies.
  it('verifies a published signature', async () => {
    const point = decodeHex(
      '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
    )
    const signature = decodeHex(
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    )
    const key = await crypto.importPublicKey({ type: 'ec', curve: 'P-256', point })
    expect(await key.verify(plain, ascii('sample'), signature)).toBe(true)
    expect(await key.verify(plain, ascii('test'), signature)).toBe(false)
    expect(backend).not.toBe('')
  })
})

describe('reading of an ECDSA signature', () => {
  const good = '3006020101020102'
  it.each([
    ['minimal', good, '01', '02'],
    ['a leading zero for a high bit', '300702020081020102', '81', '02'],
  ])('takes %s', (_, hex, r, s) => {
    expect(encodeHex(plainSignature(decodeHex(hex), 'der', 1) ?? new Uint8Array(0))).toBe(r + s)
  })

  it.each([
    ['empty', ''],
    ['another tag', '3106020101020102'],
    ['long form length', '308106020101020102'],
    ['indefinite length', '30800201010201020000'],
    ['two length octets', '30820006020101020102'],
    ['length over the end', '3007020101020102'],
    ['length before the end', '3005020101020102'],
    ['trailing byte', '302006020101020102'],
    ['bytes after the sequence', `${good}00`],
    ['bytes in the sequence', '300802010102010205000000'],
    ['third integer', '3009020101020102020103'],
    ['r missing', '3003020102'],
    ['empty integer', '30050200020102'],
    ['negative r', '3006020181020102'],
    ['padded r', '300702020001020102'],
    ['zero', '3006020100020102'],
    ['r of another type', '3006030101020102'],
    ['r longer than the order', '300702020101020102'],
    ['integer past the end', '3006020101020202'],
  ])('refuses %s', (_, hex) => {
    expect(plainSignature(decodeHex(hex), 'der', 1)).toBeUndefined()
  })

  it('is one to one: what is read is written the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (tail) => {
        const bytes = concatBytes(decodeHex('3006020101'), tail)
        const read = plainSignature(bytes, 'der', 4)
        if (read === undefined) return
        const integer = (half: Uint8Array): Uint8Array => {
          const value = bytesToBigInt(half)
          const length = Math.floor(value.toString(2).length / 8) + 1
          return encodeTlv(0x02, bigIntToBytes(value, length))
        }
        expect(encodeTlv(0x30, integer(read.subarray(0, 4)), integer(read.subarray(4)))).toEqual(bytes)
      }),
      { numRuns: 2000 },
    )
  })
})
