import {
  CccdError,
  concatBytes,
  decodeHex,
  decodeLatin1,
  decodeOid,
  encodeHex,
  encodeOid,
  encodeTlv,
  expectTag,
  isCccdError,
  parseTlv,
  parseTlvSequence,
  readBitString,
  readBoolean,
  readInteger,
  readOctetString,
  readOid,
  readSmallInteger,
  readString,
  readTime,
  type TlvNode,
} from '@cccd/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const der = (hex: string): TlvNode => parseTlv(decodeHex(hex), { rules: 'der' })
const code = (run: () => unknown): string | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    if (isCccdError(error)) return error.code
    throw error
  }
}

describe('elements', () => {
  it('carry tags as their bytes read', () => {
    expect(parseTlv(decodeHex('7f490100'), { rules: 'ber' }).tag).toBe(0x7f49)
    expect(parseTlv(decodeHex('5f1f0100')).tag).toBe(0x5f1f)
    expect(parseTlv(decodeHex('5f810100')).tag).toBe(0x5f8101)
  })

  it('round-trip through the encoder', () => {
    const tag = fc.constantFrom(0x30, 0x04, 0x6d, 0x7f49, 0x5f1f, 0x5f8101)
    fc.assert(
      fc.property(tag, fc.uint8Array({ maxLength: 70000 }), (expected, value) => {
        const node = parseTlv(encodeTlv(expected, value), { rules: 'der' })
        expect(node.tag).toBe(expected)
        expect(node.value).toEqual(value)
        expect(node.end).toBe(node.raw.length)
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['', 'TLV_TRUNCATED'],
    ['30', 'TLV_TRUNCATED'],
    ['3002', 'TLV_TRUNCATED'],
    ['300201', 'TLV_TRUNCATED'],
    ['30847fffffff00', 'TLV_TRUNCATED'],
    ['3085010000000000', 'TLV_BAD_LENGTH'],
    ['308100', 'TLV_BAD_LENGTH'],
    ['3082007f', 'TLV_BAD_LENGTH'],
    ['30800000', 'TLV_BAD_LENGTH'],
    ['1f1e00', 'TLV_BAD_TAG'],
    ['1f808100', 'TLV_BAD_TAG'],
    ['1f81818100', 'TLV_BAD_TAG'],
    ['0000', 'TLV_BAD_TAG'],
    ['020101ff', 'TLV_TRAILING_BYTES'],
  ])('refuse %s in DER', (hex, expected) => {
    expect(code(() => der(hex))).toBe(expected)
  })

  it('refuse another tag than asked for, and more bytes than allowed', () => {
    expect(code(() => parseTlv(decodeHex('0400'), { tag: 0x30 }))).toBe('TLV_UNEXPECTED_TAG')
    expect(code(() => expectTag(undefined, 0x30))).toBe('TLV_UNEXPECTED_TAG')
    expect(code(() => parseTlv(new Uint8Array(10), { maxLength: 9 }))).toBe('TLV_TOO_LARGE')
    expect(() => parseTlv([] as never)).toThrow(TypeError)
  })

  it('read indefinite lengths in BER only', () => {
    const node = parseTlv(decodeHex('3080020105308004010700000000'))
    const [first, second] = node.children()
    expect(readSmallInteger(first)).toBe(5)
    expect(encodeHex(second?.children()[0]?.value ?? new Uint8Array())).toBe('07')
    expect(encodeHex(node.value)).toBe('020105308004010700' + '00')
    expect(code(() => parseTlv(decodeHex('04800000')))).toBe('TLV_BAD_LENGTH')
    expect(code(() => parseTlv(decodeHex('3080020105')))).toBe('TLV_TRUNCATED')
  })

  it('are refused when nested 10,000 deep, whatever the length form', () => {
    const indefinite = new Uint8Array(40_000)
    for (let i = 0; i < 20_000; i += 2) indefinite.set([0x30, 0x80], i)
    expect(code(() => parseTlv(indefinite))).toBe('TLV_TOO_DEEP')
    let definite: Uint8Array = new Uint8Array(0)
    for (let i = 0; i < 100; i++) definite = encodeTlv(0x30, definite)
    const walk = (node: TlvNode): void => {
      for (const child of node.children()) walk(child)
    }
    expect(code(() => walk(parseTlv(definite)))).toBe('TLV_TOO_DEEP')
  })

  it('end in a coded error on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('ber' as const, 'der' as const), (bytes, rules) => {
        try {
          const walk = (node: TlvNode): void => {
            if (node.constructed) for (const child of node.children()) walk(child)
          }
          for (const node of parseTlvSequence(bytes, { rules })) walk(node)
        } catch (error) {
          expect(CccdError.is(error)).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('values', () => {
  it('INTEGER', () => {
    expect(readInteger(der('0203010001'))).toBe(65537n)
    expect(readInteger(der('0201ff'))).toBe(-1n)
    expect(readInteger(der('02020080'))).toBe(128n)
    for (const hex of ['0200', '02020001', '0202ff80']) expect(code(() => readInteger(der(hex)))).toBe('DER_BAD_VALUE')
    expect(code(() => readSmallInteger(der('0201ff')))).toBe('DER_BAD_VALUE')
    expect(code(() => readSmallInteger(der('02050100000000')))).toBe('DER_BAD_VALUE')
    expect(code(() => readSmallInteger(der('02050080000000')))).toBe('DER_BAD_VALUE')
    expect(readSmallInteger(der('02047fffffff'))).toBe(0x7fffffff)
  })

  it('OBJECT IDENTIFIER', () => {
    for (const dotted of [
      '1.2.840.113549.1.1.11',
      '0.4.0.127.0.7.2.2.4.2.2',
      '2.999.3',
      '2.23.136.1.1.1',
      '1.0.10646.1.0.8',
      '2.25.329800735698586629295641978511506172918',
    ])
      expect(decodeOid(encodeOid(dotted))).toBe(dotted)
    expect(readOid(der('06092a864886f70d01010b'))).toBe('1.2.840.113549.1.1.11')
    for (const hex of ['0600', '060180', '06028001', '06022a80']) expect(code(() => readOid(der(hex)))).toBe('DER_BAD_VALUE')
    expect(() => encodeOid('1')).toThrow(TypeError)
  })

  it('BOOLEAN, BIT STRING, OCTET STRING', () => {
    expect(readBoolean(der('0101ff'))).toBe(true)
    expect(code(() => readBoolean(der('010101')))).toBe('DER_BAD_VALUE')
    expect(readBoolean(parseTlv(decodeHex('010101')))).toBe(true)
    expect(readBitString(der('030206c0'))).toEqual({ bytes: Uint8Array.of(0xc0), unusedBits: 6 })
    for (const hex of ['0300', '030108', '030101']) expect(code(() => readBitString(der(hex)))).toBe('DER_BAD_VALUE')
    expect(encodeHex(readOctetString(parseTlv(decodeHex('24800402aabb0401cc0000'))))).toBe('aabbcc')
    expect(code(() => readOctetString(der('24030401cc')))).toBe('TLV_UNEXPECTED_TAG')
  })

  it('refuses indefinite lengths that cost more to find than anybody nests or fills', () => {
    const nested = (levels: number): Uint8Array => {
      let inner = decodeHex('0401aa')
      for (let level = 0; level < levels; level++) inner = concatBytes(decodeHex('2480'), inner, new Uint8Array(2))
      return inner
    }
    expect(encodeHex(readOctetString(parseTlv(nested(17))))).toBe('aa')
    expect(code(() => parseTlv(nested(18)))).toBe('TLV_TOO_DEEP')
    const filled = (count: number): Uint8Array =>
      concatBytes(
        decodeHex('2480'),
        new Uint8Array(2 * count).map((_, index) => (index % 2 === 0 ? 0x04 : 0)),
        new Uint8Array(2),
      )
    expect(parseTlv(filled(262_144)).length).toBe(524_288)
    expect(code(() => parseTlv(filled(262_145)))).toBe('TLV_TOO_LARGE')
  })

  it('reads each byte as its letter, of short and of long bytes', () => {
    for (const length of [0, 1, 16, 17, 4096, 4097, 10_000]) {
      const bytes = new Uint8Array(length).map((_, index) => (index * 7) & 0xff)
      expect(decodeLatin1(bytes)).toBe(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    }
  })

  it('joins an octet string of very many pieces, and refuses more than anybody makes', () => {
    const parts = (count: number): Uint8Array => new Uint8Array(2 * count).map((_, index) => (index % 2 === 0 ? 0x04 : 0))
    const joined = (count: number): Uint8Array => readOctetString(parseTlv(encodeTlv(0x24, parts(count))))
    expect(joined(262_144)).toEqual(new Uint8Array(0))
    expect(code(() => joined(262_145))).toBe('TLV_TOO_LARGE')
  })

  it('character strings', () => {
    expect(readString(der('0c0a5669e1bb8774204e616d'))).toBe('Việt Nam')
    expect(readString(der('1e0400560069'))).toBe('Vi')
    expect(code(() => readString(der('1e03005600')))).toBe('DER_BAD_VALUE')
    expect(code(() => readString(der('0c01ff')))).toBe('UTF8_INVALID')
    expect(code(() => readString(der('020101')))).toBe('TLV_UNEXPECTED_TAG')
  })

  it('times', () => {
    const time = (tag: number, text: string): TlvNode =>
      parseTlv(encodeTlv(tag, Uint8Array.from(Buffer.from(text))), { rules: 'der' })
    expect(readTime(time(0x17, '490101000000Z'))).toBe('2049-01-01T00:00:00Z')
    expect(readTime(time(0x17, '500101000000Z'))).toBe('1950-01-01T00:00:00Z')
    expect(readTime(time(0x17, '0501010000Z'))).toBe('2005-01-01T00:00:00Z')
    expect(readTime(time(0x18, '20371001000000Z'))).toBe('2037-10-01T00:00:00Z')
    for (const text of ['990231000000Z', '990101000000', '9901010000-0700', 'x'])
      expect(code(() => readTime(time(0x17, text)))).toBe('DER_BAD_VALUE')
    expect(code(() => readTime(undefined))).toBe('TLV_UNEXPECTED_TAG')
  })
})
