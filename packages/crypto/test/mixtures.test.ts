import type * as NodeCrypto from 'node:crypto'
import { bigIntToBytes, encodeHex } from '@cccd/core'
import { type CryptoPort, curveNames, dhGroupNames, dhGroupParameters, hashAlgorithms, publicKeyOf } from '@cccd/crypto'
import { defaultCrypto, generateKeyPair } from '@cccd/crypto/default'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ascii, mixedCrypto, seededRandom } from './backends.js'

afterEach(() => {
  vi.doUnmock('node:crypto')
  vi.resetModules()
})

describe('who answers for what', () => {
  it('the Node entry is Node with the portable backend behind it', () => {
    const { name, backends } = defaultCrypto()
    expect(name).toBe('node')
    expect(Object.keys(backends).sort()).toEqual(Object.keys(portableCrypto().backends).sort())
    expect(backends).toMatchObject({
      'hash:sha1': 'node',
      aes: 'node',
      cmac: 'node',
      rsa: 'node',
      'dh:rfc5114-2048-256': 'node',
      multiply: 'portable',
    })
    expect(new Set(Object.values(portableCrypto().backends))).toEqual(new Set(['portable', 'node-forge']))
    expect(defaultCrypto()).toBe(defaultCrypto())
  })

  it('a mixture takes the named primitives from the portable backend', () => {
    expect(mixedCrypto.backends).toMatchObject({
      'curve:brainpoolP256r1': 'portable',
      'ecdsa:brainpoolP512r1': 'portable',
      'hash:sha384': 'portable',
      'hash:sha256': 'node',
      '3des': 'node-forge',
    })
    const everything = nodeCrypto({ without: Object.keys(portableCrypto().backends) })
    expect(everything.backends).toEqual(portableCrypto().backends)
    expect(() => nodeCrypto({ without: ['curve:secp256k1'] })).toThrow(RangeError)
  })
})

/** node:crypto of another runtime. */
async function withRuntime(
  change: (real: typeof NodeCrypto) => Partial<typeof NodeCrypto>,
): Promise<typeof import('@cccd/crypto/node')> {
  vi.resetModules()
  vi.doMock('node:crypto', async (load) => {
    const real = await load<typeof NodeCrypto>()
    return { ...real, ...change(real) }
  })
  return import('@cccd/crypto/node')
}

describe('a runtime that', () => {
  it('has nothing: every primitive is portable, and works', async () => {
    const missing = (): never => {
      throw new Error('ERR_OSSL_UNSUPPORTED')
    }
    const { nodeCrypto } = await withRuntime(() => ({
      createHash: missing,
      createCipheriv: missing,
      createDecipheriv: missing,
      createECDH: missing,
      createDiffieHellman: missing,
      createPublicKey: missing,
      createPrivateKey: missing,
      verify: missing,
    }))
    const crypto = nodeCrypto()
    expect(crypto.backends).toEqual(portableCrypto().backends)
    expect(encodeHex(crypto.hash('sha1', ascii('abc')))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
    expect(crypto.aes.cmac(new Uint8Array(16), new Uint8Array(3))).toEqual(
      portableCrypto().aes.cmac(new Uint8Array(16), new Uint8Array(3)),
    )
    const spec = await generateKeyPair({ type: 'rsa', bits: 1024 }, seededRandom('nothing'))
    const scheme = { type: 'rsa-pkcs1', hash: 'sha256' } as const
    const signature = await (await crypto.importPrivateKey(spec)).sign(scheme, ascii('m'), seededRandom('s'))
    expect(await (await crypto.importPublicKey(publicKeyOf(spec))).verify(scheme, ascii('m'), signature)).toBe(true)
  })

  it('answers wrongly is not believed', async () => {
    const { nodeCrypto } = await withRuntime((real) => ({
      // A hash that knows every name but computes another; a verification that says yes to everything; another prime.
      createHash: () => real.createHash('md5'),
      verify: () => true,
      createDiffieHellman: () => real.createDiffieHellman(real.getDiffieHellman('modp14').getPrime()),
    }))
    const crypto = nodeCrypto()
    for (const algorithm of hashAlgorithms) expect(crypto.backends[`hash:${algorithm}`]).toBe('portable')
    for (const curve of curveNames) expect(crypto.backends[`ecdsa:${curve}`]).toBe('portable')
    for (const group of dhGroupNames) expect(crypto.backends[`dh:${group}`]).toBe('portable')
    expect(crypto.backends['curve:P-256']).toBe('node')
  })

  it('refuses a key that the portable backend takes: the portable operation steps in', async () => {
    const { nodeCrypto } = await withRuntime((real) => {
      let imports = 0
      const createPublicKey: typeof real.createPublicKey = (key) => {
        if (imports++ > 0) throw new Error('key size too small')
        return real.createPublicKey(key)
      }
      return { createPublicKey }
    })
    const crypto = nodeCrypto()
    expect(crypto.backends.rsa).toBe('node')
    const spec = await generateKeyPair({ type: 'rsa', bits: 1024 }, seededRandom('refused'))
    const scheme = { type: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 } as const
    const signature = await (await crypto.importPrivateKey(spec)).sign(scheme, ascii('m'), seededRandom('s'))
    const publicKey = await crypto.importPublicKey(publicKeyOf(spec))
    expect(await publicKey.verify(scheme, ascii('m'), signature)).toBe(true)
    expect(await publicKey.verify(scheme, ascii('n'), signature)).toBe(false)
  })
})

/** How often a backend pauses while it computes. */
async function pausesOf(compute: (crypto: CryptoPort) => Promise<unknown>): Promise<number> {
  let pauses = 0
  const pause = async (): Promise<void> => {
    pauses++
  }
  await compute(portableCrypto({ pause }))
  return pauses
}

describe('the event loop', () => {
  it.each(['P-256', 'P-521', 'brainpoolP512r1'] as const)('runs within every public-key operation on %s', async (name) => {
    const curve = portableCrypto().curve(name)
    const scalar = curve.randomScalar(seededRandom('pause'))
    const point = await curve.publicKey(scalar)
    const spec = { type: 'ec', curve: name, scalar, point } as const
    const scheme = { type: 'ecdsa', hash: 'sha256', format: 'plain' } as const
    const signature = await (await nodeCrypto().importPrivateKey(spec)).sign(scheme, ascii('m'), seededRandom('s'))
    // A slice is 64 point operations over 256 bits and fewer over more: a multiplication has more than one for each bit.
    const least = Math.floor((8 * curve.orderLength * curve.fieldLength ** 2) / 65_536)
    for (const compute of [
      (crypto: CryptoPort) => crypto.curve(name).sharedSecret(scalar, point),
      (crypto: CryptoPort) => crypto.curve(name).multiply(scalar, point),
      async (crypto: CryptoPort) => (await crypto.importPublicKey(publicKeyOf(spec))).verify(scheme, ascii('m'), signature),
    ])
      expect(await pausesOf(compute)).toBeGreaterThanOrEqual(least)
    const [mapNonce, fromTable] = [
      await pausesOf((crypto) => crypto.curve(name).mapNonce(scalar, point)),
      await pausesOf(async (crypto) => {
        for (let i = 0; i < 20; i++) await crypto.curve(name).publicKey(scalar)
      }),
    ]
    expect(mapNonce).toBeGreaterThanOrEqual(least)
    expect(fromTable).toBeGreaterThanOrEqual(least)
  })

  it('pauses at the same places for every secret', async () => {
    const { orderLength, order } = portableCrypto().curve('P-384')
    const point = await portableCrypto().curve('P-384').publicKey(bigIntToBytes(5n, orderLength))
    const group = dhGroupParameters('rfc5114-2048-224')
    for (const value of [1n, 2n, order >> 1n, order - 1n]) {
      const scalar = bigIntToBytes(value, orderLength)
      expect(await pausesOf((crypto) => crypto.curve('P-384').multiply(scalar, point))).toBe(21)
    }
    for (const value of [1n, 2n, group.q >> 1n, group.q - 1n]) {
      const scalar = bigIntToBytes(value, 28)
      expect(await pausesOf((crypto) => crypto.dhGroup('rfc5114-2048-224').publicKey(scalar))).toBe(8)
    }
  })

  it('runs within exponentiations, and within a chain of operations that are short', async () => {
    const random = seededRandom('powers')
    const group = portableCrypto().dhGroup('rfc5114-2048-256')
    const scalar = group.randomScalar(random)
    const element = await group.publicKey(scalar)
    // The element is proven first: two exponentiations with 256 bits, 32 multiplications a slice.
    expect(await pausesOf((crypto) => crypto.dhGroup(group.name).multiply(scalar, element))).toBeGreaterThanOrEqual(18)
    expect(await pausesOf((crypto) => crypto.dhGroup(group.name).mapPseudoRandom(element))).toBeGreaterThanOrEqual(60)
    const spec = await generateKeyPair({ type: 'rsa', bits: 2048 }, random)
    const scheme = { type: 'rsa-pkcs1', hash: 'sha256' } as const
    const signature = await (await nodeCrypto().importPrivateKey(spec)).sign(scheme, ascii('m'), random)
    const verifications = await pausesOf(async (crypto) => {
      const key = await crypto.importPublicKey(publicKeyOf(spec))
      for (let i = 0; i < 8; i++) expect(await key.verify(scheme, ascii('m'), signature)).toBe(true)
    })
    expect(verifications).toBeGreaterThanOrEqual(2)
  })

  it('turns under the default pause', async () => {
    const curve = portableCrypto().curve('P-256')
    const scalar = curve.randomScalar(seededRandom('pause'))
    const point = await curve.publicKey(scalar)
    let turns = 0
    const timer = setInterval(() => turns++, 0)
    for (let i = 0; i < 10; i++) await portableCrypto().curve('P-256').multiply(scalar, point)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })

  it('a key is what it was when it was imported', async () => {
    const spec = await generateKeyPair({ type: 'ec', curve: 'P-256' }, seededRandom('copied'))
    const scheme = { type: 'ecdsa', hash: 'sha256', format: 'plain' } as const
    const { point } = spec.type === 'ec' ? spec : { point: new Uint8Array(0) }
    for (const crypto of [portableCrypto(), nodeCrypto()]) {
      const mine = Uint8Array.from(point)
      const key = await crypto.importPublicKey({ type: 'ec', curve: 'P-256', point: mine })
      const signature = await (await crypto.importPrivateKey(spec)).sign(scheme, ascii('m'), seededRandom('s'))
      mine.fill(0)
      expect(await key.verify(scheme, ascii('m'), signature)).toBe(true)
    }
  })
})
