import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatVietnameseDate, isCalendarDate, parseVietnameseDate } from '../src/index.js'

describe('parseVietnameseDate', () => {
  it.each([
    ['15081990', '1990-08-15'],
    ['29022004', '2004-02-29'],
    ['29022000', '2000-02-29'],
    ['15/08/1990', '1990-08-15'],
    ['5/8/1990', '1990-08-05'],
    ['15-08-1990', '1990-08-15'],
    ['15.08.1990', '1990-08-15'],
    ['1950', '1950'],
    ['00001950', '1950'],
    ['00/00/1950', '1950'],
    ['00081950', '1950-08'],
    ['08/1950', '1950-08'],
  ])('%s is %s', (text, date) => expect(parseVietnameseDate(text)).toBe(date))

  it.each([
    '',
    '31021999',
    '29021900',
    '29022023',
    '00131999',
    '32011999',
    '31041999',
    '15001990',
    '1999-02-01',
    '15/08-1990',
    '15/08/90',
    '1508199',
    '150819900',
    '15081890',
    '15082400',
    '15 08 1990',
    '１５０８１９９０',
    '15/13/1990',
    '0000',
  ])('refuses %j', (text) => expect(() => parseVietnameseDate(text)).toThrow('IDENTITY_DATE'))

  it('goes round, for every day', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2399-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (one) => {
        const date = one.toISOString().slice(0, 10)
        expect(parseVietnameseDate(formatVietnameseDate(date, 'compact'))).toBe(date)
        expect(parseVietnameseDate(formatVietnameseDate(date, 'printed'))).toBe(date)
      }),
    )
  })

  it('agrees with the platform about which days exist', () => {
    const digits = fc.tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 1900, max: 2399 }),
    )
    fc.assert(
      fc.property(digits, ([day, month, year]) => {
        const at = new Date(Date.UTC(year, month - 1, day))
        const exists = at.getUTCDate() === day && at.getUTCMonth() === month - 1
        const [dd, mm] = [String(day).padStart(2, '0'), String(month).padStart(2, '0')]
        expect(isCalendarDate(`${year}-${mm}-${dd}`)).toBe(exists)
      }),
    )
  })

  it('writes what is not known as zeros or not at all', () => {
    expect(formatVietnameseDate('1950', 'compact')).toBe('00001950')
    expect(formatVietnameseDate('1950-08', 'compact')).toBe('00081950')
    expect(formatVietnameseDate('1950', 'printed')).toBe('1950')
    expect(formatVietnameseDate('1950-08', 'printed')).toBe('08/1950')
    expect(() => formatVietnameseDate('1950-13', 'printed')).toThrow(RangeError)
    expect(() => formatVietnameseDate('15081990', 'compact')).toThrow(RangeError)
  })
})
