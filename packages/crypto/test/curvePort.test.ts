import { bigIntToBytes, bytesToBigInt, concatBytes, encodeHex } from '@cccd/core'
import { type CurveName, curveNames, curveParameters } from '@cccd/crypto'
import { portableCrypto } from '@cccd/crypto/portable'
import { describe, expect, it } from 'vitest'
import { backends, flipBit, seededRandom } from './backends.js'

const generator = (name: CurveName): Uint8Array => {
  const { p, gx, gy } = curveParameters(name)
  const length = Math.ceil(p.toString(16).length / 2)
  return concatBytes(Uint8Array.of(4), bigIntToBytes(gx, length), bigIntToBytes(gy, length))
}

const badPoint = expect.objectContaining({ code: 'CRYPTO_BAD_POINT' })

describe.each(backends)('curve port: %s', (backend, crypto) => {
  describe.each(curveNames)('%s', (name) => {
    const curve = crypto.curve(name)
    const random = seededRandom(`curve port ${name}`)

    it('agrees on a secret, multiplies any base and maps a nonce', async () => {
      const [a, b] = [curve.randomScalar(random), curve.randomScalar(random)]
      const [publicA, publicB] = [await curve.publicKey(a), await curve.publicKey(b)]
      const secret = await curve.sharedSecret(a, publicB)
      expect(secret).toEqual(await curve.sharedSecret(b, publicA))
      expect(secret).toHaveLength(curve.fieldLength)
      expect(await curve.multiply(a, generator(name))).toEqual(publicA)
      expect((await curve.multiply(a, publicB)).slice(1, 1 + curve.fieldLength)).toEqual(secret)
      // Generic mapping, then key agreement on the mapped generator: both sides come to the same (Doc 9303-11 4.4.3.3.1).
      const nonce = random(16)
      const mapped = await curve.mapNonce(nonce, await curve.multiply(a, publicB))
      const [x, y] = [curve.randomScalar(random), curve.randomScalar(random)]
      const [publicX, publicY] = [await curve.multiply(x, mapped), await curve.multiply(y, mapped)]
      expect(await curve.sharedSecret(x, publicY)).toEqual(await curve.sharedSecret(y, publicX))
      const values = [publicA, secret, mapped, publicX]
      for (const value of values) expect(Object.getPrototypeOf(value)).toBe(Uint8Array.prototype)
      if (backend === 'portable') return
      const portable = portableCrypto().curve(name)
      expect(await portable.publicKey(a)).toEqual(publicA)
      expect(await portable.mapNonce(nonce, await portable.multiply(a, publicB))).toEqual(mapped)
    })

    it('knows the ends of the scalar range', async () => {
      const { p, n, gx, gy } = curveParameters(name)
      const G = generator(name)
      const scalar = (value: bigint): Uint8Array => bigIntToBytes(value, curve.orderLength)
      expect(await curve.publicKey(scalar(1n))).toEqual(G)
      const mirrored = concatBytes(G.subarray(0, 1 + curve.fieldLength), bigIntToBytes(p - gy, curve.fieldLength))
      expect(await curve.publicKey(scalar(n - 1n))).toEqual(mirrored)
      expect(await curve.multiply(scalar(n - 1n), G)).toEqual(mirrored)
      expect(await curve.sharedSecret(scalar(n - 1n), G)).toEqual(bigIntToBytes(gx, curve.fieldLength))
      for (const wrong of [
        scalar(0n),
        scalar(n),
        new Uint8Array(curve.orderLength).fill(0xff),
        scalar(1n).subarray(1),
        new Uint8Array(0),
      ]) {
        await expect(curve.publicKey(wrong)).rejects.toThrow(RangeError)
        await expect(curve.sharedSecret(wrong, G)).rejects.toThrow(RangeError)
        await expect(curve.multiply(wrong, G)).rejects.toThrow(RangeError)
      }
    })

    it('maps nonces shorter and longer than the order, and refuses a mapping to infinity', async () => {
      const { n } = curveParameters(name)
      const G = generator(name)
      const H = await curve.publicKey(bigIntToBytes(5n, curve.orderLength))
      expect(await curve.mapNonce(Uint8Array.of(2), H)).toEqual(await curve.publicKey(bigIntToBytes(7n, curve.orderLength)))
      expect(await curve.mapNonce(bigIntToBytes(3n * n + 2n, curve.orderLength + 5), H)).toEqual(
        await curve.publicKey(bigIntToBytes(7n, curve.orderLength)),
      )
      expect(await curve.mapNonce(bigIntToBytes(n, curve.orderLength), H)).toEqual(H)
      expect(await curve.mapNonce(new Uint8Array(16), H)).toEqual(H)
      await expect(curve.mapNonce(bigIntToBytes(n - 1n, curve.orderLength), G)).rejects.toEqual(badPoint)
    })

    it('maps pseudo-random numbers to points, where its prime allows', async () => {
      const { p } = curveParameters(name)
      const value = random(curve.fieldLength + 16)
      if (name === 'P-224') {
        expect(p % 4n).toBe(1n)
        const unsupported = expect.objectContaining({ code: 'CRYPTO_UNSUPPORTED' })
        await expect(curve.mapPseudoRandom(value)).rejects.toEqual(unsupported)
        return
      }
      expect(p % 4n).toBe(3n)
      const mapped = await curve.mapPseudoRandom(value)
      expect(await curve.mapPseudoRandom(bigIntToBytes(bytesToBigInt(value) % p, curve.fieldLength))).toEqual(mapped)
      expect(await portableCrypto().curve(name).mapPseudoRandom(value)).toEqual(mapped)
      // Both branches of the encoding come up, and each gives a point that the other operations take.
      const [x, y] = [curve.randomScalar(random), curve.randomScalar(random)]
      const abscissas = new Set<string>()
      for (let t = 2n; t < 10n; t++) {
        const base = await curve.mapPseudoRandom(bigIntToBytes(t, 1))
        abscissas.add(encodeHex(base.subarray(1, 1 + curve.fieldLength)))
        if (t > 4n) continue
        const [publicX, publicY] = [await curve.multiply(x, base), await curve.multiply(y, base)]
        expect(await curve.sharedSecret(x, publicY)).toEqual(await curve.sharedSecret(y, publicX))
      }
      expect(abscissas.size).toBe(8)
      // t of -1, 0 and 1, where 1 + 1/(α+α²) does not exist.
      for (const t of [0n, 1n, p - 1n, p, p + 1n, 2n * p - 1n])
        await expect(curve.mapPseudoRandom(bigIntToBytes(t, curve.fieldLength + 1))).rejects.toEqual(badPoint)
      await expect(curve.mapPseudoRandom(new Uint8Array(0))).rejects.toEqual(badPoint)
      const text: unknown = encodeHex(value)
      await expect(curve.mapPseudoRandom(text as Uint8Array)).rejects.toThrow(TypeError)
    })

    it('refuses points that are none', async () => {
      const { p, a, b } = curveParameters(name)
      const G = generator(name)
      const L = curve.fieldLength
      const one = bigIntToBytes(1n, curve.orderLength)
      const onTwist = (() => {
        for (let x = 1n; ; x++) if (!isSquare(x ** 3n + a * x + b, p)) return x
      })()
      const wrong: Record<string, Uint8Array> = {
        empty: new Uint8Array(0),
        infinity: Uint8Array.of(0),
        'infinity in full length': new Uint8Array(1 + 2 * L),
        'all zero coordinates': concatBytes(Uint8Array.of(4), new Uint8Array(2 * L)),
        'not on the curve': flipBit(G, 8 * (2 * L)),
        'x of the twist': concatBytes(Uint8Array.of(4), bigIntToBytes(onTwist, L), G.subarray(1 + L)),
        'x over the field': concatBytes(Uint8Array.of(4), new Uint8Array(L).fill(0xff), G.subarray(1 + L)),
        compressed: concatBytes(Uint8Array.of(((G.at(-1) ?? 0) & 1) === 0 ? 2 : 3), G.subarray(1, 1 + L)),
        hybrid: concatBytes(Uint8Array.of(((G.at(-1) ?? 0) & 1) === 0 ? 6 : 7), G.subarray(1)),
        'one byte short': G.subarray(0, 2 * L),
        'one byte long': concatBytes(G, Uint8Array.of(0)),
        'coordinates only': G.subarray(1),
      }
      for (const [what, point] of Object.entries(wrong)) {
        await expect(curve.sharedSecret(one, point), what).rejects.toEqual(badPoint)
        await expect(curve.multiply(one, point), what).rejects.toEqual(badPoint)
        await expect(curve.mapNonce(one, point), what).rejects.toEqual(badPoint)
        await expect(crypto.importPublicKey({ type: 'ec', curve: name, point }), what).rejects.toEqual(badPoint)
      }
      const text: unknown = encodeHex(G)
      await expect(curve.sharedSecret(one, text as Uint8Array)).rejects.toThrow(TypeError)
      await expect(curve.multiply(text as Uint8Array, G)).rejects.toThrow(TypeError)
    })
  })

  it('refuses a curve that nobody has', async () => {
    const unknown = 'secp256k1' as CurveName
    const unsupported = expect.objectContaining({ code: 'CRYPTO_UNSUPPORTED' })
    expect(() => crypto.curve(unknown)).toThrow(unsupported)
    await expect(crypto.importPublicKey({ type: 'ec', curve: unknown, point: generator('P-256') })).rejects.toEqual(unsupported)
  })
})

function isSquare(value: bigint, p: bigint): boolean {
  let [result, base] = [1n, ((value % p) + p) % p]
  for (let exponent = (p - 1n) / 2n; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % p
    base = (base * base) % p
  }
  return result <= 1n
}
