import { CccdError, decodeHex, encodeHex } from '@cccd/core'
import {
  decodeCommand,
  decodeResponse,
  encodeCommand,
  encodeResponse,
  IsoError,
  isoErrorCodes,
  isSuccess,
  statusWord,
  transportErrorCodes,
} from '@cccd/iso7816'
import { advice, messages } from '@cccd/iso7816/messages'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const byte = fc.integer({ min: 0, max: 255 })

describe('command APDUs (ISO/IEC 7816-3, 12.1.3)', () => {
  it.each([
    ['case 1', { cla: 0, ins: 0xa4, p1: 0, p2: 0x0c }, '00a4000c'],
    ['case 2 short', { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 }, '0084000008'],
    ['case 2 short, Ne 256', { cla: 0, ins: 0xb0, p1: 0x9d, p2: 0, le: 256 }, '00b09d0000'],
    ['case 3 short', { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: decodeHex('011d') }, '00a4020c02011d'],
    [
      'case 4 short',
      { cla: 0, ins: 0x88, p1: 0, p2: 0, data: decodeHex('0102030405060708'), le: 256 },
      '0088000008010203040506070800',
    ],
    ['case 2 extended', { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 257 }, '00b00000000101'],
    ['case 2 extended, Ne 65536', { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 65536 }, '00b00000000000'],
    ['case 4 extended by Ne', { cla: 0, ins: 0x88, p1: 0, p2: 0, data: decodeHex('ab'), le: 65536 }, '00880000000001ab0000'],
  ])('%s', (_, command, hex) => {
    expect(encodeHex(encodeCommand(command))).toBe(hex)
    const { extended, ...decoded } = decodeCommand(decodeHex(hex))
    expect(decoded).toEqual(command)
    expect(extended).toBe(hex.startsWith('00', 8) && hex.length >= 14)
  })

  it('goes round for every data length and Ne, short and extended', () => {
    const command = fc.record(
      {
        cla: byte,
        ins: byte,
        p1: byte,
        p2: byte,
        data: fc.uint8Array({ minLength: 1, maxLength: 700 }),
        le: fc.integer({ min: 1, max: 65536 }),
      },
      { requiredKeys: ['cla', 'ins', 'p1', 'p2'] },
    )
    fc.assert(
      fc.property(command, fc.boolean(), (value, extended) => {
        const { extended: _, ...back } = decodeCommand(encodeCommand(value, { extended }))
        expect(back).toEqual(value)
      }),
    )
  })

  it('refuses what is no command, and nothing but coded', () => {
    for (const hex of [
      '',
      '00',
      '00a400',
      '00a4000c0201',
      '00a4000c02011d0000',
      '00a4000c0000',
      '00a4000c00000201',
      '00a4000c0000000000',
    ])
      expect(() => decodeCommand(decodeHex(hex)), hex).toThrow(expect.objectContaining({ code: 'APDU_MALFORMED' }))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          const { extended, ...command } = decodeCommand(bytes)
          expect(encodeCommand(command, { extended })).toEqual(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(IsoError)
        }
      }),
    )
  })

  it("refuses a programmer's mistakes", () => {
    const header = { cla: 0, ins: 0, p1: 0, p2: 0 }
    expect(() => encodeCommand({ ...header, ins: 256 })).toThrow(RangeError)
    expect(() => encodeCommand({ ...header, p2: 0.5 })).toThrow(RangeError)
    expect(() => encodeCommand({ ...header, le: 0 })).toThrow(RangeError)
    expect(() => encodeCommand({ ...header, le: 65537 })).toThrow(RangeError)
    expect(() => encodeCommand({ ...header, data: new Uint8Array(65536) })).toThrow(RangeError)
  })
})

describe('responses and status words', () => {
  it('goes round, and refuses fewer than two bytes or too many', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0, max: 0xffff }), (data, sw) => {
        expect(decodeResponse(encodeResponse({ data, sw }))).toEqual({ data, sw })
      }),
    )
    for (const length of [0, 1, 65539])
      expect(() => decodeResponse(new Uint8Array(length))).toThrow(expect.objectContaining({ code: 'APDU_MALFORMED' }))
  })

  it('takes exactly 9000 for success', () => {
    for (let sw = 0; sw <= 0xffff; sw++) if (isSuccess(sw) || statusWord(sw).kind === 'success') expect(sw).toBe(0x9000)
  })

  it.each([
    [0x6982, 'security'],
    [0x6a82, 'not-found'],
    [0x6a88, 'not-found'],
    [0x6700, 'wrong-length'],
    [0x6f00, 'execution'],
    [0x6d00, 'not-supported'],
    [0x6282, 'warning'],
    [0x6300, 'verification-failed'],
    [0x63c2, 'verification-failed'],
    [0x6983, 'blocked'],
    [0x6988, 'security'],
    [0x6110, 'more-data'],
    [0x6c20, 'wrong-le'],
    [0x1234, 'unknown'],
  ])('%d is %s', (sw, kind) => expect(statusWord(sw).kind).toBe(kind))
})

describe('messages', () => {
  it('has a text for every code, in both languages', () => {
    expect(Object.keys(messages).sort()).toEqual([...isoErrorCodes, ...transportErrorCodes].sort())
    for (const { vi, en } of Object.values(messages)) {
      expect(vi).not.toBe('')
      expect(en).not.toBe('')
    }
    const error = new IsoError('APDU_STATUS', 'test', { sw: 0x6982 })
    expect(CccdError.is(error)).toBe(true)
    expect(advice(error, 'vi')).toBe(messages.APDU_STATUS.vi)
    expect(advice(error, 'en', { APDU_STATUS: { vi: 'x', en: 'own' } })).toBe('own')
  })
})
