import { bytesToBigInt } from '@cccd/core'
import { curveNames, type PrivateKeySpec, publicKeyOf } from '@cccd/crypto'
import { generateKeyPair } from '@cccd/crypto/default'
import { describe, expect, it } from 'vitest'
import * as portableEntry from '../src/default.js'
import * as nodeEntry from '../src/default.node.js'
import { millerRabin } from '../src/rsa/primes.js'
import { seededRandom } from './backends.js'

type RsaSpec = Extract<PrivateKeySpec, { type: 'rsa' }>
const rsa = (spec: PrivateKeySpec): RsaSpec => {
  if (spec.type !== 'rsa') throw new TypeError('not an RSA key')
  return spec
}

describe('generateKeyPair', () => {
  it.each([1024, 1025, 1280, 1536, 2048])('RSA of %i bits: the same key from the same source on both entries', async (bits) => {
    for (const exponent of [3, 65_537]) {
      const request = { type: 'rsa', bits, exponent } as const
      const spec = rsa(await nodeEntry.generateKeyPair(request, seededRandom(`keys ${bits}`)))
      expect(await portableEntry.generateKeyPair(request, seededRandom(`keys ${bits}`))).toEqual(spec)
      const [n, d] = [bytesToBigInt(spec.modulus), bytesToBigInt(spec.privateExponent)]
      const [p, q] = spec.primes.map(bytesToBigInt) as [bigint, bigint]
      expect(n.toString(2)).toHaveLength(bits)
      expect(p * q).toBe(n)
      expect(p).not.toBe(q)
      expect(millerRabin(p) && millerRabin(q)).toBe(true)
      expect(bytesToBigInt(spec.exponent)).toBe(BigInt(exponent))
      expect((BigInt(exponent) * d) % (p - 1n)).toBe(1n)
      expect((BigInt(exponent) * d) % (q - 1n)).toBe(1n)
    }
  })

  it('another source, another key', async () => {
    const make = (label: string) => generateKeyPair({ type: 'rsa', bits: 1024 }, seededRandom(label))
    expect(await make('a')).not.toEqual(await make('b'))
  })

  it.each(curveNames)('%s: the same key on both entries', async (curve) => {
    const request = { type: 'ec', curve } as const
    const spec = await nodeEntry.generateKeyPair(request, seededRandom(curve))
    expect(await portableEntry.generateKeyPair(request, seededRandom(curve))).toEqual(spec)
    expect(publicKeyOf(spec)).toEqual({ type: 'ec', curve, point: spec.type === 'ec' ? spec.point : undefined })
  })

  it('refuses sizes and exponents that are none, and a broken source', async () => {
    const random = seededRandom('refused')
    for (const bits of [0, 512, 1023, 8193, 1024.5, Number.NaN])
      await expect(generateKeyPair({ type: 'rsa', bits }, random)).rejects.toThrow(RangeError)
    for (const exponent of [0, 1, 2, 4, -3, 65_536, 2 ** 60, 3.5])
      await expect(generateKeyPair({ type: 'rsa', bits: 1024, exponent }, random)).rejects.toThrow(RangeError)
    const broken = expect.objectContaining({ code: 'CRYPTO_BAD_RANDOMNESS' })
    await expect(generateKeyPair({ type: 'rsa', bits: 1024 }, () => new Uint8Array(3))).rejects.toEqual(broken)
    await expect(generateKeyPair({ type: 'ec', curve: 'P-256' }, (length) => new Uint8Array(length))).rejects.toEqual(broken)
    // A source that repeats itself gives the same prime twice: never a key of it.
    await expect(generateKeyPair({ type: 'rsa', bits: 1024 }, (length) => new Uint8Array(length).fill(7))).rejects.toEqual(broken)
  })
})

describe('millerRabin', () => {
  it('tells primes from Carmichael numbers and strong pseudoprimes', () => {
    for (const prime of [2003n, 104_729n, 2n ** 127n - 1n, 2n ** 521n - 1n]) expect(millerRabin(prime)).toBe(true)
    // 3215031751 and 3474749660383 fool the first four and the first six prime bases.
    for (const composite of [
      2047n,
      294_409n,
      3_215_031_751n,
      2n ** 127n - 3n,
      3_474_749_660_383n,
      (2n ** 127n - 1n) * (2n ** 89n - 1n),
    ])
      expect(millerRabin(composite), `${composite}`).toBe(false)
  })
})

it('both entries export the same names', () => {
  expect(Object.keys(portableEntry).sort()).toEqual(Object.keys(nodeEntry).sort())
})
