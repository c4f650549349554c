import { bigIntToBytes, concatBytes, encodeHex } from '@cccd/core'
import { type DhGroupName, dhGroupNames, dhGroupParameters, matchDhGroup } from '@cccd/crypto'
import { portableCrypto } from '@cccd/crypto/portable'
import { describe, expect, it } from 'vitest'
import { modPow } from '../src/rsa/modPow.js'
import { millerRabin } from '../src/rsa/primes.js'
import { backends, seededRandom } from './backends.js'

const badElement = expect.objectContaining({ code: 'CRYPTO_BAD_POINT' })
const unsupported = expect.objectContaining({ code: 'CRYPTO_UNSUPPORTED' })
const bitsOf = (value: bigint): number => value.toString(2).length

describe.each(dhGroupNames)('%s', (name) => {
  const { p, g, q } = dhGroupParameters(name)

  it('has prime field and order, and a generator of that order', () => {
    expect(name).toBe(`rfc5114-${bitsOf(p)}-${bitsOf(q)}`)
    expect(millerRabin(p)).toBe(true)
    expect(millerRabin(q)).toBe(true)
    expect((p - 1n) % q).toBe(0n)
    expect(g).not.toBe(1n)
    expect(modPow(g, q, p)).toBe(1n)
  })

  it('is found by explicit parameters that are all its own', () => {
    expect(matchDhGroup({ p, g, q }, portableCrypto())).toBe(name)
    expect(matchDhGroup({ p, g }, portableCrypto())).toBe(name)
    for (const change of [{ p: p + 2n }, { g: (g * g) % p }, { g: 1n }, { g: p - g }, { q: 1n }, { q: 2n }, { q: (p - 1n) / q }])
      expect(matchDhGroup({ p, g, q, ...change }, portableCrypto()), Object.keys(change).join()).toBeUndefined()
  })
})

it('an unknown group is coded', () => {
  for (const name of ['rfc3526-2048', 'constructor']) expect(() => dhGroupParameters(name as DhGroupName)).toThrow(unsupported)
})

describe.each(backends)('DH groups: %s', (_, crypto) => {
  it('refuses a group that nobody has', () => {
    expect(() => crypto.dhGroup('rfc3526-2048' as DhGroupName)).toThrow(unsupported)
  })

  describe.each(dhGroupNames)('%s', (name) => {
    const group = crypto.dhGroup(name)
    const { p, g, q } = dhGroupParameters(name)
    const random = seededRandom(`dh ${name}`)
    const element = (value: bigint): Uint8Array => bigIntToBytes(value, group.fieldLength)
    const scalar = (value: bigint): Uint8Array => bigIntToBytes(value, group.orderLength)

    it('says what it is', () => {
      expect(group).toMatchObject({ agreement: 'DH', name, prime: p, generator: g, order: q })
      expect(group.fieldLength).toBe(bitsOf(p) / 8)
      expect(group.orderLength).toBe(bitsOf(q) / 8)
    })

    it('agrees on a secret, takes any base and maps nonces and pseudo-random numbers', async () => {
      const [a, b] = [group.randomScalar(random), group.randomScalar(random)]
      const number = (bytes: Uint8Array): bigint => BigInt(`0x${encodeHex(bytes)}`)
      const [publicA, publicB] = [await group.publicKey(a), await group.publicKey(b)]
      expect(publicA).toEqual(element(modPow(g, number(a), p)))
      const secret = await group.sharedSecret(a, publicB)
      expect(secret).toEqual(await group.sharedSecret(b, publicA))
      expect(await group.multiply(a, publicB)).toEqual(secret)
      expect(secret).toEqual(element(modPow(g, (number(a) * number(b)) % q, p)))
      const nonce = random(16)
      const mapped = await group.mapNonce(nonce, secret)
      expect(mapped).toEqual(element((modPow(g, number(nonce), p) * number(secret)) % p))
      const value = random(group.fieldLength + 16)
      const generator = await group.mapPseudoRandom(value)
      expect(generator).toEqual(element(modPow(number(value) % p, (p - 1n) / q, p)))
      for (const base of [mapped, generator]) {
        const [publicX, publicY] = [await group.multiply(a, base), await group.multiply(b, base)]
        expect(await group.sharedSecret(a, publicY)).toEqual(await group.sharedSecret(b, publicX))
      }
      for (const bytes of [publicA, secret, mapped, generator]) expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype)
    })

    it('knows the ends of the scalar range', async () => {
      expect(await group.publicKey(scalar(1n))).toEqual(element(g))
      const inverse = await group.publicKey(scalar(q - 1n))
      expect(await group.multiply(scalar(q - 1n), inverse)).toEqual(element(g))
      for (const wrong of [scalar(0n), scalar(q), scalar(1n).subarray(1), concatBytes(Uint8Array.of(0), scalar(1n))]) {
        await expect(group.publicKey(wrong)).rejects.toThrow(RangeError)
        await expect(group.sharedSecret(wrong, element(g))).rejects.toThrow(RangeError)
        await expect(group.multiply(wrong, element(g))).rejects.toThrow(RangeError)
      }
    })

    it('maps nonces shorter and longer than the order, and refuses a mapping to 1', async () => {
      const h = await group.publicKey(scalar(5n))
      const seventh = await group.publicKey(scalar(7n))
      expect(await group.mapNonce(Uint8Array.of(2), h)).toEqual(seventh)
      expect(await group.mapNonce(bigIntToBytes(3n * q + 2n, group.orderLength + 4), h)).toEqual(seventh)
      expect(await group.mapNonce(scalar(q), h)).toEqual(h)
      expect(await group.mapNonce(new Uint8Array(16), h)).toEqual(h)
      await expect(group.mapNonce(scalar(q - 5n), h)).rejects.toEqual(badElement)
    })

    it('refuses pseudo-random numbers that map to 0 or 1', async () => {
      // The q-th power of anything lies in the group of the cofactor's order, which the mapping sends to 1.
      const values = [0n, 1n, p - 1n, modPow(3n, q, p)]
      for (const value of values) {
        await expect(group.mapPseudoRandom(element(value))).rejects.toEqual(badElement)
        await expect(group.mapPseudoRandom(bigIntToBytes(value + p, group.fieldLength + 1))).rejects.toEqual(badElement)
      }
      await expect(group.mapPseudoRandom(new Uint8Array(0))).rejects.toEqual(badElement)
    })

    it('refuses elements that are none', async () => {
      const one = scalar(1n)
      const G = element(g)
      const wrong: Record<string, Uint8Array> = {
        empty: new Uint8Array(0),
        zero: element(0n),
        one: element(1n),
        'minus one, of order two': element(p - 1n),
        'the prime': element(p),
        'over the prime': new Uint8Array(group.fieldLength).fill(0xff),
        'of small order': element(modPow(3n, q, p)),
        'outside of the subgroup': element(p - g),
        'a number that nobody raised': element(2n),
        'one byte short': G.subarray(1),
        'one byte long': concatBytes(Uint8Array.of(0), G),
        'trailing byte': concatBytes(G, Uint8Array.of(0)),
      }
      for (const [what, value] of Object.entries(wrong)) {
        await expect(group.sharedSecret(one, value), what).rejects.toEqual(badElement)
        await expect(group.multiply(one, value), what).rejects.toEqual(badElement)
        await expect(group.mapNonce(one, value), what).rejects.toEqual(badElement)
      }
      const text: unknown = encodeHex(G)
      await expect(group.sharedSecret(one, text as Uint8Array)).rejects.toThrow(TypeError)
      await expect(group.mapNonce(text as Uint8Array, G)).rejects.toThrow(TypeError)
      await expect(group.mapPseudoRandom(text as Uint8Array)).rejects.toThrow(TypeError)
    })

    it('draws scalars as it draws those of curves', () => {
      const valid = group.randomScalar(random)
      const draws = [new Uint8Array(group.orderLength), new Uint8Array(group.orderLength).fill(0xff), valid]
      expect(group.randomScalar(() => draws.shift() ?? new Uint8Array(0))).toEqual(valid)
    })
  })
})
