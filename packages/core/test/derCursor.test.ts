import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CoreError, DerCursor, decodeHex, parseTlv } from '../src/index.js'

function viaNode(bytes: Uint8Array): unknown {
  try {
    const { tag, start, valueStart, end } = parseTlv(bytes, { rules: 'der', allowTrailing: true })
    return { tag, start, valueStart, end }
  } catch (error) {
    return (error as CoreError).code
  }
}

function viaCursor(bytes: Uint8Array): unknown {
  try {
    const { tag, start, valueStart, end } = new DerCursor(bytes).enter(0, bytes.length)
    return { tag, start, valueStart, end }
  } catch (error) {
    return (error as CoreError).code
  }
}

describe('DerCursor', () => {
  it('reads and refuses what TlvNode reads and refuses', () => {
    const header = fc.tuple(
      fc.constantFrom(0x00, 0x02, 0x30, 0x31, 0xa0, 0x1f, 0x7f, 0x5f),
      fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0xff),
      fc.uint8Array({ maxLength: 6 }),
      fc.integer({ min: 0, max: 700 }),
    )
    fc.assert(
      fc.property(header, ([tag, length, more, fill]) => {
        const bytes = Uint8Array.from([tag, length, ...more, ...new Uint8Array(fill)])
        expect(viaCursor(bytes)).toEqual(viaNode(bytes))
      }),
      { numRuns: 3000 },
    )
    for (const hex of ['', '30', '308', '3081', '308100', '30817f', '308180', '30820080', '3082', '0000'].filter(
      (x) => x.length % 2 === 0,
    ))
      expect(viaCursor(decodeHex(hex))).toEqual(viaNode(decodeHex(hex)))
  })

  it('stays inside its limit although the bytes go on', () => {
    const bytes = decodeHex('300302010530')
    expect(new DerCursor(bytes).enter(2, 5)).toMatchObject({ tag: 2, valueStart: 4, end: 5 })
    expect(() => new DerCursor(bytes).enter(0, 4)).toThrow(expect.objectContaining({ code: 'TLV_TRUNCATED' }))
    expect(() => new DerCursor(bytes).enter(5, 5)).toThrow(CoreError)
    expect(() => new DerCursor(bytes).enter(5, 6)).toThrow(CoreError)
  })
})
