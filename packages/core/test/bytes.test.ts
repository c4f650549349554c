import {
  bigIntToBytes,
  bytesToBigInt,
  CoreError,
  decodeBase64,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
  encodeUtf8,
  isCccdError,
} from '@cccd/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('text forms of bytes', () => {
  it('agree with the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const buffer = Buffer.from(bytes)
        expect(encodeHex(bytes)).toBe(buffer.toString('hex'))
        expect(encodeBase64(bytes)).toBe(buffer.toString('base64'))
        expect(encodeBase64Url(bytes)).toBe(buffer.toString('base64url'))
        expect(decodeHex(encodeHex(bytes).toUpperCase())).toEqual(bytes)
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
        expect(decodeBase64(encodeBase64Url(bytes))).toEqual(bytes)
        expect(bigIntToBytes(bytesToBigInt(bytes), bytes.length)).toEqual(bytes)
      }),
    )
  })

  it.each(['abc', 'zz', '0g', ' 0'])('refuse %j as hexadecimal without quoting it', (text) => {
    expect(() => decodeHex(text)).toThrow(TypeError)
    expect(() => decodeHex(text)).not.toThrow(text)
  })

  it.each(['A', 'A===', 'AB CD', 'AB*=', 'AB=C', 'AAB', 'AP', 'AA=A'])('refuse %j as base64', (text) => {
    expect(() => decodeBase64(text)).toThrow(TypeError)
  })

  it('refuse numbers that do not fit', () => {
    expect(() => bigIntToBytes(256n, 1)).toThrow(RangeError)
    expect(() => bigIntToBytes(-1n, 4)).toThrow(RangeError)
  })
})

describe('UTF-8', () => {
  it('agrees with the platform on every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text))
        expect(decodeUtf8(new TextEncoder().encode(text))).toBe(
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)),
        )
      }),
    )
  })

  it('refuses exactly what the platform refuses in fatal mode', () => {
    const platform = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xa0, 0xed, 0xf0, 0x90, 0xf4, 0x8f, 0xf5), { maxLength: 6 })
        .map((list) => Uint8Array.from(list)),
    )
    fc.assert(
      fc.property(bytes, (sample) => {
        let expected: string | undefined
        try {
          expected = platform.decode(sample)
        } catch {
          expected = undefined
        }
        if (expected === undefined) expect(() => decodeUtf8(sample)).toThrow(CoreError)
        else expect(decodeUtf8(sample)).toBe(expected)
      }),
      { numRuns: 3000 },
    )
  })

  it('names the offset and nothing else', () => {
    try {
      decodeUtf8(Uint8Array.of(0x41, 0xff))
      expect.unreachable()
    } catch (error) {
      expect(isCccdError(error, 'UTF8_INVALID') && error.params).toEqual({ offset: 1 })
    }
  })
})
