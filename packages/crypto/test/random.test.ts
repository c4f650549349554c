import { CryptoError, curveNames, systemRandom } from '@cccd/crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { backends } from './backends.js'

describe('systemRandom', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('fills any length, also over the quota of getRandomValues', () => {
    for (const length of [0, 1, 32, 65_536, 200_001]) expect(systemRandom(length)).toHaveLength(length)
    expect(systemRandom(32)).not.toEqual(systemRandom(32))
    expect(
      systemRandom(200_000)
        .subarray(-1000)
        .some((byte) => byte !== 0),
    ).toBe(true)
  })

  it.each([[undefined], [{}]])('names the line to add where the runtime has none (%j)', (crypto) => {
    vi.stubGlobal('crypto', crypto)
    expect(() => systemRandom(8)).toThrow(CryptoError)
    expect(() => systemRandom(8)).toThrow(/CRYPTO_NO_RANDOMNESS.*import 'react-native-get-random-values'/)
  })

  it('refuses a length that is none', () => {
    for (const length of [-1, 1.5, Number.NaN]) expect(() => systemRandom(length)).toThrow(RangeError)
  })
})

describe.each(backends)('randomScalar: %s', (_, crypto) => {
  it.each(curveNames)('%s: gives back a valid scalar, draws again for others, and stops', (name) => {
    const curve = crypto.curve(name)
    const valid = curve.randomScalar(systemRandom)
    expect(valid).toHaveLength(curve.orderLength)
    const draws = [new Uint8Array(curve.orderLength), new Uint8Array(curve.orderLength).fill(0xff), valid]
    expect(curve.randomScalar(() => draws.shift() ?? new Uint8Array(0))).toEqual(valid)
    expect(draws).toHaveLength(0)
    const stuck = expect.objectContaining({ code: 'CRYPTO_BAD_RANDOMNESS' })
    expect(() => curve.randomScalar((length) => new Uint8Array(length))).toThrow(stuck)
    expect(() => curve.randomScalar((length) => new Uint8Array(length - 1).fill(1))).toThrow(stuck)
    const text: unknown = 'x'.repeat(curve.orderLength)
    expect(() => curve.randomScalar(() => text as Uint8Array)).toThrow(stuck)
  })
})
