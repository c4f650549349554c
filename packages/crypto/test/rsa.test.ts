import { bigIntToBytes, bytesToBigInt, concatBytes, decodeHex } from '@cccd/core'
import { hashAlgorithms, hashLength, type PrivateKeySpec, publicKeyOf, type SignatureScheme } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { portableCrypto } from '@cccd/crypto/portable'
import { beforeAll, describe, expect, it } from 'vitest'
import { emsaPkcs1 } from '../src/rsa/emsaPkcs1.js'
import { ascii, backends, flipBit, seededRandom } from './backends.js'

type RsaSpec = Extract<PrivateKeySpec, { type: 'rsa' }>

async function rsaKey(bits: number, exponent?: number): Promise<RsaSpec> {
  const request = { type: 'rsa', bits, ...(exponent === undefined ? {} : { exponent }) } as const
  const spec = await generateKeyPair(request, seededRandom(`rsa ${bits} ${exponent}`))
  if (spec.type !== 'rsa') throw new TypeError('not an RSA key')
  return spec
}

const pkcs1 = { type: 'rsa-pkcs1', hash: 'sha256' } as const
const pss = (saltLength: number): SignatureScheme => ({ type: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength })

describe.each(backends)('RSA: %s', (_, crypto) => {
  let spec: RsaSpec
  beforeAll(async () => {
    spec = await rsaKey(2048)
  })

  it.each(hashAlgorithms)('PKCS#1 v1.5 and PSS with %s', async (hash) => {
    const [key, publicKey] = [await crypto.importPrivateKey(spec), await crypto.importPublicKey(publicKeyOf(spec))]
    const random = seededRandom('sign')
    const message = ascii('the message')
    const schemes: SignatureScheme[] = [
      { type: 'rsa-pkcs1', hash },
      ...[0, 20, hashLength(hash)].map((saltLength): SignatureScheme => ({ type: 'rsa-pss', hash, mgfHash: 'sha1', saltLength })),
      { type: 'rsa-pss', hash, mgfHash: hash === 'sha512/224' ? 'sha256' : hash, saltLength: hashLength(hash) },
      { type: 'rsa-pss', hash, mgfHash: 'sha3-256', saltLength: 7 },
    ]
    for (const scheme of schemes) {
      const signature = await key.sign(scheme, message, random)
      expect(await publicKey.verify(scheme, message, signature)).toBe(true)
      expect(await publicKey.verify(scheme, ascii('another'), signature)).toBe(false)
      expect(await publicKey.verify(scheme, message, flipBit(signature, 77))).toBe(false)
      const otherHash = hash === 'sha256' ? 'sha512/256' : 'sha256'
      expect(await publicKey.verify({ ...scheme, hash: otherHash }, message, signature)).toBe(false)
      if (scheme.type !== 'rsa-pss') continue
      expect(await publicKey.verify({ ...scheme, saltLength: scheme.saltLength + 1 }, message, signature)).toBe(false)
      expect(await publicKey.verify({ ...scheme, mgfHash: 'sha512/224' }, message, signature)).toBe(false)
      expect(await publicKey.verify({ type: 'rsa-pkcs1', hash }, message, signature)).toBe(false)
    }
  })

  it.each([1024, 1280, 1536, 3072])('keys of %i bits, exponents 3 and 65537', async (bits) => {
    for (const exponent of [3, 65_537]) {
      const own = await rsaKey(bits, exponent)
      const [key, publicKey] = [await crypto.importPrivateKey(own), await crypto.importPublicKey(publicKeyOf(own))]
      expect(publicKey.bits).toBe(bits)
      for (const scheme of [pkcs1, pss(32)]) {
        const signature = await key.sign(scheme, ascii('m'), seededRandom('s'))
        expect(signature).toHaveLength(bits / 8)
        expect(await publicKey.verify(scheme, ascii('m'), signature)).toBe(true)
        expect(await publicKey.verify(scheme, ascii('n'), signature)).toBe(false)
      }
    }
  })

  it.each([1025, 1031, 1032])('PSS in a modulus of %i bits, where the block may be a byte shorter', async (bits) => {
    const own = await rsaKey(bits)
    const [key, publicKey] = [await crypto.importPrivateKey(own), await crypto.importPublicKey(publicKeyOf(own))]
    const signature = await key.sign(pss(32), ascii('m'), seededRandom('s'))
    expect(await publicKey.verify(pss(32), ascii('m'), signature)).toBe(true)
    expect(await publicKey.verify(pss(32), ascii('n'), signature)).toBe(false)
    if (bits !== 1025) return
    // The same block with something in the byte that must be zero.
    const block = (await publicKey.recover(signature)) ?? new Uint8Array(0)
    expect(block[0]).toBe(0)
    const n = bytesToBigInt(own.modulus)
    const forged = bytesToBigInt(block) + (1n << 1024n)
    if (forged < n) expect(await publicKey.verify(pss(32), ascii('m'), await key.rawRsa(bigIntToBytes(forged, 129)))).toBe(false)
  })

  it('gives the same signature as every backend for the same source', async () => {
    const [key, portable] = [await crypto.importPrivateKey(spec), await portableCrypto().importPrivateKey(spec)]
    for (const scheme of [pkcs1, pss(32)])
      expect(await key.sign(scheme, ascii('m'), seededRandom('x'))).toEqual(
        await portable.sign(scheme, ascii('m'), seededRandom('x')),
      )
  })

  it('takes a DigestInfo with NULL and without parameters, and no third form', async () => {
    const [key, publicKey] = [await crypto.importPrivateKey(spec), await crypto.importPublicKey(publicKeyOf(spec))]
    const digest = crypto.hash('sha256', ascii('m'))
    const sign = async (block: Uint8Array | undefined): Promise<boolean> =>
      publicKey.verify(pkcs1, ascii('m'), await key.rawRsa(block ?? new Uint8Array(0)))
    expect(await sign(emsaPkcs1('sha256', digest, 256, 'null'))).toBe(true)
    expect(await sign(emsaPkcs1('sha256', digest, 256, 'absent'))).toBe(true)
    const info = decodeHex('3031300d060960864801650304020105000420')
    const block = (padding: number, body: Uint8Array, tail = new Uint8Array(0)): Uint8Array =>
      concatBytes(Uint8Array.of(0, 1), new Uint8Array(padding).fill(0xff), Uint8Array.of(0), body, tail)
    const body = concatBytes(info, digest)
    expect(await sign(block(256 - 3 - body.length, body))).toBe(true)
    // Bleichenbacher 2006: short padding, the rest behind or inside.
    expect(await sign(block(8, body, new Uint8Array(256 - 11 - body.length)))).toBe(false)
    expect(await sign(block(8, body, new Uint8Array(256 - 11 - body.length).fill(0xff)))).toBe(false)
    // Block type 2 and 0, a padding byte that is not FF, a missing separator.
    const right = block(256 - 3 - body.length, body)
    for (const [at, value] of [
      [1, 2],
      [1, 0],
      [0, 1],
      [20, 0xfe],
      [256 - body.length - 1, 1],
    ] as const) {
      const wrong = Uint8Array.from(right)
      wrong[at] = value
      expect(await sign(bytesToBigInt(wrong) < bytesToBigInt(spec.modulus) ? wrong : undefined), `${at}`).toBe(false)
    }
    // Parameters with garbage, lengths in long form, another hash's name over this digest, the bare digest.
    for (const hex of [
      '3033300f0609608648016503040201050200000420',
      '308131300d060960864801650304020105000420',
      '3031300d060960864801650304020205000420',
      '3031300d060960864801650304020105800420',
      '',
    ]) {
      const other = concatBytes(decodeHex(hex), digest)
      expect(await sign(block(256 - 3 - other.length, other)), hex).toBe(false)
    }
  })

  it('with exponent 3 a perfect cube is no signature', async () => {
    const own = await rsaKey(2048, 3)
    const publicKey = await crypto.importPublicKey(publicKeyOf(own))
    const digest = crypto.hash('sha256', ascii('m'))
    const prefix = concatBytes(
      Uint8Array.of(0, 1, ...new Uint8Array(8).fill(0xff), 0),
      decodeHex('3031300d060960864801650304020105000420'),
      digest,
    )
    const target = bytesToBigInt(concatBytes(prefix, new Uint8Array(256 - prefix.length).fill(0xff)))
    let [low, high] = [0n, 1n << 700n]
    while (low < high) {
      const middle = (low + high + 1n) / 2n
      if (middle ** 3n <= target) low = middle
      else high = middle - 1n
    }
    const block = await publicKey.recover(bigIntToBytes(low, 256))
    expect(block?.subarray(0, prefix.length)).toEqual(prefix)
    expect(await publicKey.verify(pkcs1, ascii('m'), bigIntToBytes(low, 256))).toBe(false)
  })

  it('refuses signatures of another length or not below the modulus', async () => {
    const [key, publicKey] = [await crypto.importPrivateKey(spec), await crypto.importPublicKey(publicKeyOf(spec))]
    const signature = await key.sign(pkcs1, ascii('m'), seededRandom('s'))
    const n = bytesToBigInt(spec.modulus)
    const value = bytesToBigInt(signature)
    const wrong = [
      new Uint8Array(0),
      signature.subarray(1),
      concatBytes(Uint8Array.of(0), signature),
      concatBytes(signature, Uint8Array.of(0)),
      new Uint8Array(256),
      spec.modulus,
      new Uint8Array(256).fill(0xff),
      bigIntToBytes(value + n, 257),
      bigIntToBytes(n - value, 256),
    ]
    for (const other of wrong) expect(await publicKey.verify(pkcs1, ascii('m'), other)).toBe(false)
    expect(await publicKey.recover(spec.modulus)).toBeUndefined()
    expect(await publicKey.recover(new Uint8Array(256).fill(0xff))).toBeUndefined()
    expect(await publicKey.recover(signature.subarray(1))).toBeUndefined()
    expect(await publicKey.recover(await key.rawRsa(bigIntToBytes(12_345n, 256)))).toEqual(bigIntToBytes(12_345n, 256))
    await expect(key.rawRsa(spec.modulus)).rejects.toThrow(RangeError)
  })

  it('a salt length from outside cannot do harm', async () => {
    const publicKey = await crypto.importPublicKey(publicKeyOf(spec))
    for (const saltLength of [-1, 1.5, Number.NaN, 2 ** 31, Number.POSITIVE_INFINITY, 1000])
      expect(await publicKey.verify(pss(saltLength), ascii('m'), new Uint8Array(256).fill(1))).toBe(false)
  })

  it('takes a modulus with leading zeros, and refuses numbers that are no key', async () => {
    const { modulus, exponent } = spec
    const padded = {
      type: 'rsa',
      modulus: concatBytes(Uint8Array.of(0), modulus),
      exponent: concatBytes(Uint8Array.of(0), exponent),
    } as const
    const signature = await (await crypto.importPrivateKey(spec)).sign(pkcs1, ascii('m'), seededRandom('s'))
    const publicKey = await crypto.importPublicKey(padded)
    expect(publicKey.bits).toBe(2048)
    expect(await publicKey.verify(pkcs1, ascii('m'), signature)).toBe(true)
    const bad = expect.objectContaining({ code: 'CRYPTO_BAD_KEY' })
    const n = bytesToBigInt(modulus)
    const wrong: [Uint8Array, Uint8Array][] = [
      [new Uint8Array(0), exponent],
      [new Uint8Array(256), exponent],
      [bigIntToBytes(n + 1n, 256), exponent],
      [modulus.subarray(200), exponent],
      [new Uint8Array(3000).fill(0xff), exponent],
      [modulus, new Uint8Array(0)],
      [modulus, Uint8Array.of(1)],
      [modulus, Uint8Array.of(2)],
      [modulus, Uint8Array.of(4)],
      [modulus, modulus],
      [new Uint8Array(1024).fill(0xff), new Uint8Array(9).fill(0xff)],
    ]
    for (const [m, e] of wrong)
      await expect(crypto.importPublicKey({ type: 'rsa', modulus: m, exponent: e })).rejects.toEqual(bad)
  })

  it('refuses a private key whose parts do not belong together', async () => {
    const bad = expect.objectContaining({ code: 'CRYPTO_BAD_KEY' })
    const other = await rsaKey(1024)
    const [p, q] = spec.primes
    for (const wrong of [
      { ...spec, primes: [p, p] as const },
      { ...spec, primes: [p, other.primes[1]] as const },
      { ...spec, primes: [Uint8Array.of(1), spec.modulus] as const },
      { ...spec, privateExponent: other.privateExponent },
      { ...spec, modulus: other.modulus },
    ])
      await expect(crypto.importPrivateKey(wrong)).rejects.toEqual(bad)
    const swapped = await crypto.importPrivateKey({ ...spec, primes: [q, p] })
    const publicKey = await crypto.importPublicKey(publicKeyOf(spec))
    expect(await publicKey.verify(pkcs1, ascii('m'), await swapped.sign(pkcs1, ascii('m'), seededRandom('s')))).toBe(true)
  })

  it('says key mismatch for ECDSA, unsupported for an unknown hash, and refuses a modulus without room', async () => {
    const [key, publicKey] = [await crypto.importPrivateKey(spec), await crypto.importPublicKey(publicKeyOf(spec))]
    const ecdsa = { type: 'ecdsa', hash: 'sha256', format: 'der' } as const
    const mismatch = expect.objectContaining({ code: 'CRYPTO_KEY_MISMATCH' })
    await expect(publicKey.verify(ecdsa, ascii('m'), new Uint8Array(256))).rejects.toEqual(mismatch)
    await expect(key.sign(ecdsa, ascii('m'), seededRandom('s'))).rejects.toEqual(mismatch)
    const unknown = { type: 'rsa-pkcs1', hash: 'md5' } as unknown
    const unsupported = expect.objectContaining({ code: 'CRYPTO_UNSUPPORTED' })
    await expect(publicKey.verify(unknown as SignatureScheme, ascii('m'), new Uint8Array(256))).rejects.toEqual(unsupported)
    const small = await crypto.importPrivateKey(await rsaKey(1024))
    const tooLong: SignatureScheme = { type: 'rsa-pss', hash: 'sha512', mgfHash: 'sha512', saltLength: 64 }
    await expect(small.sign(tooLong, ascii('m'), seededRandom('s'))).rejects.toEqual(
      expect.objectContaining({ code: 'CRYPTO_BAD_KEY' }),
    )
  })
})
