import { constantTimeEqual, padIso9797Method2, unpadIso9797Method2 } from '@cccd/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('ISO/IEC 9797-1 padding method 2', () => {
  it('goes round for every length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(8, 16), (data, blockLength) => {
        const padded = padIso9797Method2(data, blockLength)
        expect(padded.length % blockLength).toBe(0)
        expect(padded.length - data.length).toBeGreaterThan(0)
        expect(padded.length - data.length).toBeLessThanOrEqual(blockLength)
        expect(unpadIso9797Method2(padded)).toEqual(data)
      }),
    )
  })

  it.each([[[]], [[0]], [[0, 0, 0, 0]], [[1, 2, 3]], [[0x80, 1, 0]], [[0x81, 0]]])('refuses %j', (bytes) => {
    expect(() => unpadIso9797Method2(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code: 'CRYPTO_BAD_PADDING' }))
  })

  it('refuses a block length that is none', () => {
    for (const length of [0, -8, 1.5, Number.NaN]) expect(() => padIso9797Method2(new Uint8Array(1), length)).toThrow(RangeError)
  })
})

describe('constantTimeEqual', () => {
  it('says what equality says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(), (bytes, position) => {
        expect(constantTimeEqual(bytes, Uint8Array.from(bytes))).toBe(true)
        expect(constantTimeEqual(bytes, Uint8Array.of(...bytes, 0))).toBe(false)
        if (bytes.length === 0) return
        const other = Uint8Array.from(bytes)
        const at = position % bytes.length
        other[at] = (other[at] as number) ^ (1 << (position % 8))
        expect(constantTimeEqual(bytes, other)).toBe(false)
      }),
    )
  })

  it('refuses what is not bytes', () => {
    const text: unknown = 'a'
    expect(() => constantTimeEqual(text as Uint8Array, new Uint8Array(1))).toThrow(TypeError)
    expect(() => constantTimeEqual(new Uint8Array(1), text as Uint8Array)).toThrow(TypeError)
  })
})
