import { inspect } from 'node:util'
import { decodeJson, encodeJson, isCccdError } from '@cccd/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  birthCountries,
  birthCountry,
  cardAccessNumberOf,
  currentProvince,
  documentNumberOf,
  legacyProvince,
  parsePersonalNumber,
  parsePreviousIdNumber,
  provinces,
  successorProvince,
  tryParsePersonalNumber,
} from '../src/index.js'

function codesOf(text: string, context: Parameters<typeof tryParsePersonalNumber>[1] = {}): string[] {
  const outcome = tryParsePersonalNumber(text, context)
  return outcome.ok ? outcome.findings.map(({ code }) => code) : [outcome.error.code]
}

describe('parsePersonalNumber', () => {
  it('reads place, century, sex and year', () => {
    expect(parsePersonalNumber('001090000123')).toEqual({
      value: '001090000123',
      birthPlace: { kind: 'province', code: '001', name: 'Hà Nội', successor: { code: '001', name: 'Hà Nội' } },
      sex: 'male',
      yearOfBirth: 1990,
    })
    expect(parsePersonalNumber('079305000001')).toMatchObject({ sex: 'female', yearOfBirth: 2005 })
  })

  it.each([
    [0, 'male', 1900],
    [1, 'female', 1900],
    [2, 'male', 2000],
    [3, 'female', 2000],
    [4, 'male', 2100],
    [5, 'female', 2100],
    [6, 'male', 2200],
    [7, 'female', 2200],
    [8, 'male', 2300],
    [9, 'female', 2300],
  ] as const)('digit %i is %s from %i', (digit, sex, century) => {
    expect(parsePersonalNumber(`001${digit}07000001`)).toMatchObject({ sex, yearOfBirth: century + 7 })
  })

  it.each(['', '00109900000', '0010990000011', '00109900000A', ' 001099000001', '００１０９９０００００１'])(
    'refuses %j',
    (text) => {
      const outcome = tryParsePersonalNumber(text)
      expect(outcome.ok).toBe(false)
      if (!outcome.ok) {
        expect(isCccdError(outcome.error, 'IDENTITY_PERSONAL_NUMBER')).toBe(true)
        expect(outcome.error.params).toEqual({ length: text.length })
        expect(outcome.error.message).not.toMatch(/0109900/)
      }
    },
  )

  it('is a type error for what is not text', () => {
    expect(() => parsePersonalNumber(1090000123 as unknown as string)).toThrow(TypeError)
    expect(() => parsePreviousIdNumber(12345678 as unknown as string)).toThrow(TypeError)
  })

  it('prints masked, and survives structuredClone and its JSON codec', () => {
    const number = parsePersonalNumber('001090000123')
    expect(inspect(number)).not.toContain('001090')
    expect(structuredClone(number)).toEqual(number)
    expect(decodeJson(encodeJson(number))).toEqual(number)
  })

  it('says what does not fit as warnings', () => {
    expect(codesOf('001099000001', { sex: 'male', dateOfBirth: '1999-02-01' })).toEqual([])
    expect(codesOf('001099000001', { sex: 'female' })).toEqual(['sex-differs-from-number'])
    expect(codesOf('001099000001', { dateOfBirth: '1998-02-01' })).toEqual(['birth-year-differs-from-number'])
    expect(codesOf('001099000001', { dateOfBirth: '1999' })).toEqual([])
    expect(codesOf('003099000001')).toEqual(['birth-place-unknown'])
    expect(codesOf('296099000001')).toEqual(['birth-place-unknown'])
    expect(codesOf('100099000001')).toEqual(['birth-place-unknown'])
    expect(codesOf('113099000001')).toEqual(['birth-place-not-confirmed'])
    expect(codesOf('101099000001')).toEqual([])
  })

  it('reads births from July 2025 with the table of 63 and marks them', () => {
    const may = parsePersonalNumber('080225000001', { dateOfBirth: '2025-06-30' }).birthPlace
    expect(may).toEqual({ kind: 'province', code: '080', name: 'Long An', successor: { code: '080', name: 'Tây Ninh' } })
    const july = parsePersonalNumber('080225000001', { dateOfBirth: '2025-07-01' }).birthPlace
    expect(july).toEqual({ ...may, ambiguous: true, alternative: { code: '080', name: 'Tây Ninh' } })
    expect(parsePersonalNumber('001226000001').birthPlace).toMatchObject({ name: 'Hà Nội', ambiguous: true })
    expect(codesOf('080225000001')).toEqual(['birth-place-ambiguous'])
    expect(codesOf('080225000001', { dateOfBirth: '2025-06-30' })).toEqual([])
    expect(codesOf('080224000001')).toEqual([])
  })

  it('gives the document number and the card access number', () => {
    expect(documentNumberOf('001090000123')).toBe('090000123')
    expect(cardAccessNumberOf('001090000123')).toBe('000123')
    expect(() => cardAccessNumberOf('00109000012')).toThrow('IDENTITY_PERSONAL_NUMBER')
  })

  it('takes any text: a number or a coded error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{12}$/)), (text) => {
        const outcome = tryParsePersonalNumber(text)
        expect(outcome.ok).toBe(/^\d{12}$/.test(text))
      }),
    )
  })
})

describe('parsePreviousIdNumber', () => {
  it('takes nine digits', () => expect(parsePreviousIdNumber('012345678')).toBe('012345678'))
  it.each(['', '12345678', '1234567890', '12345678A', '123456789012'])('refuses %j', (text) =>
    expect(() => parsePreviousIdNumber(text)).toThrow('IDENTITY_PREVIOUS_NUMBER'),
  )
})

describe('places', () => {
  it('has 63 provinces, 34 of which remain', () => {
    expect(provinces('legacy-63')).toHaveLength(63)
    expect(provinces('current-34')).toHaveLength(34)
    expect(new Set(provinces('current-34').map(({ name }) => name)).size).toBe(34)
    for (const { code } of provinces('legacy-63')) expect(successorProvince(code), code).toBeDefined()
    const reached = new Set(provinces('legacy-63').map(({ code }) => successorProvince(code)?.code))
    expect(reached).toEqual(new Set(provinces('current-34').map(({ code }) => code)))
  })

  it.each([
    ['002', 'Hà Giang', '008', 'Tuyên Quang'],
    ['010', 'Lào Cai', '015', 'Lào Cai'],
    ['015', 'Yên Bái', '015', 'Lào Cai'],
    ['024', 'Bắc Giang', '024', 'Bắc Ninh'],
    ['045', 'Quảng Trị', '044', 'Quảng Trị'],
    ['052', 'Bình Định', '052', 'Gia Lai'],
    ['064', 'Gia Lai', '052', 'Gia Lai'],
    ['072', 'Tây Ninh', '080', 'Tây Ninh'],
    ['082', 'Tiền Giang', '082', 'Đồng Tháp'],
    ['089', 'An Giang', '091', 'An Giang'],
    ['046', 'Thừa Thiên Huế', '046', 'Huế'],
    ['077', 'Bà Rịa - Vũng Tàu', '079', 'Hồ Chí Minh'],
    ['038', 'Thanh Hóa', '038', 'Thanh Hóa'],
  ])('%s %s went to %s %s', (code, name, successorCode, successor) => {
    expect(legacyProvince(code)).toEqual({ code, name })
    expect(successorProvince(code)).toEqual({ code: successorCode, name: successor })
  })

  it('keeps the tables apart', () => {
    expect(legacyProvince('003')).toBeUndefined()
    expect(currentProvince('002')).toBeUndefined()
    expect(successorProvince('101')).toBeUndefined()
    expect(
      provinces('current-34')
        .filter(({ code, name }) => legacyProvince(code)?.name !== name)
        .map(({ code }) => code),
    ).toEqual(['015', '024', '044', '046', '052', '080', '082', '091'])
  })

  it('has 195 country codes, and says which are not confirmed', () => {
    const countries = birthCountries()
    expect(countries).toHaveLength(195)
    expect(countries.map(({ code }) => code)).toEqual(Array.from({ length: 195 }, (_, index) => String(101 + index)))
    expect(countries.filter(({ confirmed }) => !confirmed).map(({ code }) => code)).toEqual([
      '113',
      '114',
      '136',
      '147',
      '148',
      '166',
    ])
    expect(new Set(countries.map(({ iso }) => iso)).size).toBe(193)
    const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
    for (const { iso } of countries) expect(english.of(iso), iso).toBeDefined()
    expect(countries.some(({ iso }) => iso === 'VN')).toBe(false)
  })

  it.each([
    ['101', 'Afghanistan', 'AF'],
    ['139', 'Campuchia', 'KH'],
    ['174', 'Hàn Quốc', 'KR'],
    ['193', 'Lào', 'LA'],
    ['232', 'Nhật Bản', 'JP'],
    ['277', 'Triều Tiên', 'KP'],
    ['279', 'Trung Quốc', 'CN'],
    ['295', 'Zimbabwe', 'ZW'],
  ])('%s is %s', (code, name, iso) => expect(birthCountry(code)).toEqual({ code, name, iso, confirmed: true }))

  it.each(['100', '296', '', '0101', 'abc', '1e2'])('knows no country %j', (code) => expect(birthCountry(code)).toBeUndefined())
})
