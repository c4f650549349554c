import { inspect } from 'node:util'
import { decodeJson, encodeJson, type Finding, isCccdError } from '@cccd/core'
import { compareNames } from '@cccd/identity'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOwnVector } from '../../../test-vectors/shared.js'
import { checkDigit, type MrzError, mrzErrorCodes, mrzKeyInformation, parseMrz, tryParseMrz } from '../src/index.js'

const published = readOwnVector<{
  checkDigits: [string, string][]
  specimens: Record<string, string[]>
  longDocumentNumber: { lines: string[]; documentNumber: string; keyInformation: string }
  keyInformation: [string, string, string, string][]
}>('mrz.json')

const card = ['IDVNM0900001233001090000123<<4', '9008157M3008155VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<']
const noExpiry = ['IDVNM0600001234001060000123<<5', '6001010M9912315VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<']
const at = '2026-01-15'

/** The card with one line put in place of its own. */
function withLine(index: number, line: string): string[] {
  return card.map((old, i) => (i === index ? line : old))
}

function errorOf(input: string | readonly string[]): MrzError {
  const outcome = tryParseMrz(input, { at })
  if (outcome.ok) throw new Error('parsed')
  return outcome.error
}

function findingsOf(input: readonly string[]): readonly Finding[] {
  const outcome = tryParseMrz(input, { at, checkDigits: 'report' })
  if (!outcome.ok) throw outcome.error
  return outcome.findings
}

describe('check digits', () => {
  it.each(published.checkDigits)('%s has %s', (text, digit) => expect(checkDigit(text)).toBe(digit))
  it('is a range error for other characters', () => expect(() => checkDigit('a')).toThrow(RangeError))
})

describe('parseMrz', () => {
  it('reads the Vietnamese card', () => {
    expect(parseMrz(card)).toEqual({
      format: 'TD1',
      lines: card,
      documentCode: 'ID',
      issuingState: 'VNM',
      documentNumber: '090000123',
      personalNumber: '001090000123',
      optionalData: '001090000123<<4',
      nationality: 'VNM',
      dateOfBirth: '1990-08-15',
      sex: 'male',
      dateOfExpiry: '2030-08-15',
      primaryIdentifier: 'NGUYEN',
      secondaryIdentifier: 'VAN THU',
      nameField: 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<',
      nameTruncated: false,
      keyInformation: '090000123390081573008155',
    })
  })

  it('reads a card without expiry as none, never as 1999', () => {
    const mrz = parseMrz(noExpiry)
    expect(mrz).toMatchObject({ dateOfExpiry: 'none', dateOfBirth: '1960-01-01', keyInformation: '060000123460010109912315' })
    expect(mrzKeyInformation('060000123', '1960-01-01', 'none')).toBe(mrz.keyInformation)
  })

  it('takes lines, text with breaks of any kind, and text without (DG1)', () => {
    for (const input of [card, card.join('\n'), card.join('\r\n'), `${card.join('\r')}\r`, card.join('')])
      expect(parseMrz(input).lines).toEqual(card)
  })

  it.each(Object.entries(published.specimens))('reads the specimen of %s', (format, lines) => {
    const mrz = parseMrz(lines, { at })
    expect(mrz).toMatchObject({ format, issuingState: 'UTO', primaryIdentifier: 'ERIKSSON', secondaryIdentifier: 'ANNA MARIA' })
    expect(parseMrz(lines.join(''), { at })).toEqual(mrz)
  })

  it('reads specimen fields', () => {
    expect(parseMrz(published.specimens.TD3 ?? [], { at })).toMatchObject({
      documentNumber: 'L898902C3',
      dateOfBirth: '1974-08-12',
      dateOfExpiry: '2012-04-15',
      sex: 'female',
      optionalData: 'ZE184226B',
      nationality: 'UTO',
    })
    expect(parseMrz(published.specimens['MRV-A'] ?? [], { at })).toMatchObject({
      documentNumber: 'L8988901C',
      dateOfBirth: '1940-09-07',
      dateOfExpiry: '1996-12-10',
      nationality: 'XXX',
    })
  })

  it('reads a long document number of TD1 and TD2', () => {
    const { lines, documentNumber, keyInformation } = published.longDocumentNumber
    const mrz = parseMrz(lines, { at })
    expect(mrz).toMatchObject({ documentNumber, keyInformation })
    expect(mrz.optionalData).toBeUndefined()
    expect(mrzKeyInformation(documentNumber, '1934-07-12', '1995-07-12')).toBe(keyInformation)
    expect(errorOf([lines[0]?.replace('7349', '7348') ?? '', ...lines.slice(1)]).params.fields).toBe('documentNumber,composite')
  })

  it('prints masked, and survives structuredClone and its JSON codec', () => {
    const mrz = parseMrz(card)
    expect(inspect(mrz)).not.toMatch(/NGUYEN|090000123/)
    expect(structuredClone(mrz)).toEqual(mrz)
    expect(decodeJson(encodeJson(mrz))).toEqual(mrz)
  })

  it('gives a name that compares with its spelling', () =>
    expect(compareNames(parseMrz(card).nameField, 'Nguyễn Văn Thử')).toBe('equal-after-normalisation'))
})

describe('what parseMrz refuses', () => {
  it.each([
    ['documentNumber', 0, 'IDVNM0900001234001090000123<<4', 'documentNumber,composite'],
    ['personalNumber', 0, 'IDVNM0900001233001090000123<<5', 'personalNumber,composite'],
    ['dateOfBirth', 1, '9008156M3008155VNM<<<<<<<<<<<0', 'dateOfBirth,composite'],
    ['dateOfExpiry', 1, '9008157M3008154VNM<<<<<<<<<<<0', 'dateOfExpiry,composite'],
    ['composite', 1, '9008157M3008155VNM<<<<<<<<<<<1', 'composite'],
  ])('a wrong check digit of %s, by name', (_, index, line, fields) => {
    const error = errorOf(withLine(index, line))
    expect(error.code).toBe('MRZ_CHECK_DIGIT')
    expect(error.params).toEqual({ fields, count: fields.split(',').length })
    expect(error.message).not.toMatch(/0900|9008/)
    expect(findingsOf(withLine(index, line)).map(({ code, field }) => `${code} ${field}`)).toEqual(
      fields.split(',').map((field) => `check-digit-wrong ${field}`),
    )
  })

  it('any single changed digit', () => {
    for (const [index, line] of card.slice(0, 2).entries())
      for (let i = 0; i < 30; i++) {
        const digit = line.charAt(i)
        if (!/\d/.test(digit)) continue
        const changed = line.slice(0, i) + String((Number(digit) + 1) % 10) + line.slice(i + 1)
        expect(isCccdError(errorOf(withLine(index, changed))), `line ${index + 1} column ${i + 1}`).toBe(true)
      }
  })

  it.each([
    ['one line too few', card.slice(0, 2), 'MRZ_FORMAT'],
    ['a line too short', withLine(2, 'NGUYEN<<VAN<THU'), 'MRZ_FORMAT'],
    ['nothing', '', 'MRZ_FORMAT'],
    ['a long text', '<'.repeat(100_000), 'MRZ_FORMAT'],
    ['many lines', Array.from({ length: 9 }, () => '<'), 'MRZ_FORMAT'],
    ['lower case', withLine(2, 'nguyen<<VAN<THU<<<<<<<<<<<<<<<'), 'MRZ_CHARACTER'],
    ['a diacritic', withLine(2, 'NGUYỄN<<VAN<THU<<<<<<<<<<<<<<<'), 'MRZ_CHARACTER'],
  ])('%s', (_, input, code) => expect(errorOf(input).code).toBe(code))

  it('says where a character stands', () =>
    expect(errorOf(withLine(2, 'NGUYEN<<VAN THU<<<<<<<<<<<<<<<')).params).toEqual({ line: 3, position: 12 }))

  it.each([
    ['name', withLine(2, 'NGUY3N<<VAN<THU<<<<<<<<<<<<<<<')],
    ['name', withLine(2, '<'.repeat(30))],
    ['sex', withLine(1, '9008157X3008155VNM<<<<<<<<<<<0')],
    ['nationality', withLine(1, '9008157M3008155V1M<<<<<<<<<<<0')],
  ])('a %s that cannot be', (field, lines) => {
    const error = errorOf(lines)
    expect(error.code).toBe('MRZ_FIELD')
    expect(error.params.field).toBe(field)
  })

  it.each([
    ['dateOfBirth', '9013157', '3008155'],
    ['dateOfBirth', '9002303', '3008155'],
    ['dateOfBirth', '90<<153', '3008155'],
    ['dateOfExpiry', '9008157', '3013155'],
    ['dateOfExpiry', '9008157', '30<<<<5'],
  ])('a %s that is not in the calendar', (field, birth, expiry) => {
    const outcome = tryParseMrz(withLine(1, `${birth}M${expiry}VNM<<<<<<<<<<<0`), { at, checkDigits: 'report' })
    expect(outcome.ok ? undefined : [outcome.error.code, outcome.error.params.field]).toEqual(['MRZ_DATE', field])
  })

  it('programmer mistakes, as such', () => {
    expect(() => parseMrz(undefined as unknown as string)).toThrow(TypeError)
    expect(() => parseMrz([1] as unknown as string[])).toThrow(TypeError)
    expect(() => parseMrz(card, { at: '15/01/2026' })).toThrow(RangeError)
  })

  it('random and mutated text: only coded errors', () => {
    const letters = 'ABVNMKID0123456789<<<<'.split('')
    const any = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.array(fc.string({ unit: fc.constantFrom(...letters), minLength: 30, maxLength: 30 }), { minLength: 3, maxLength: 3 }),
      fc.array(fc.string({ unit: fc.constantFrom(...letters), minLength: 44, maxLength: 44 }), { minLength: 2, maxLength: 2 }),
      fc.tuple(fc.nat(89), fc.string({ minLength: 1, maxLength: 1 })).map(([i, character]) => {
        const text = card.join('')
        return text.slice(0, i) + character + text.slice(i + 1)
      }),
    )
    fc.assert(
      fc.property(any, fc.constantFrom('require' as const, 'report' as const), (input, checkDigits) => {
        const outcome = tryParseMrz(input, { at, checkDigits })
        if (!outcome.ok) expect(mrzErrorCodes).toContain(outcome.error.code)
      }),
      { numRuns: 500 },
    )
  })
})

describe('findings', () => {
  it.each([
    ['I<VNM', 0, 'I<VNM0900001233001090000123<<4', 'document-code-unusual'],
    ['another number', 0, 'IDVNM0910001237001090000123<<4', 'document-number-differs-from-personal-number'],
    ['no number', 0, 'IDVNM0900001233<<<<<<<<<<<<<<<', 'personal-number-missing'],
  ])('%s', (_, index, line, code) => expect(findingsOf(withLine(index, line)).map((one) => one.code)).toContain(code))

  it('keeps a 29 February that the year of expiry lacks, and says so', () => {
    const lines = ['IDVNM2040000031048204000003<<1', '0402291M2902290VNM<<<<<<<<<<<6', 'DANG<<HOANG<UOC<LUONG<<<<<<<<<']
    const outcome = tryParseMrz(lines)
    expect(outcome).toMatchObject({
      ok: true,
      value: { dateOfBirth: '2004-02-29', dateOfExpiry: '2029-02-29' },
      findings: [{ code: 'date-not-in-calendar', severity: 'warning', field: 'dateOfExpiry' }],
    })
    expect(mrzKeyInformation('204000003', '2004-02-29', '2029-02-29')).toBe('204000003104022912902290')
  })
})

describe('centuries', () => {
  const td3 = (birth: string, expiry: string) => {
    const second = `L898902C36UTO${birth}${checkDigit(birth)}F${expiry}${checkDigit(expiry)}<<<<<<<<<<<<<<<`
    const covered = second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 43)
    return ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', second + checkDigit(covered)]
  }

  it.each([
    ['260115', '260115', '2026-01-15', '2026-01-15'],
    ['260116', '750101', '1926-01-16', '2075-01-01'],
    ['740812', '770101', '1974-08-12', '1977-01-01'],
    ['740812', '760101', '1974-08-12', '2076-01-01'],
    ['74<<<<', '991231', '1974', '1999-12-31'],
    ['7408<<', '350101', '1974-08', '2035-01-01'],
    ['26<<<<', '<<<<<<', '2026', 'none'],
  ])('%s, %s in January 2026', (birth, expiry, dateOfBirth, dateOfExpiry) =>
    expect(parseMrz(td3(birth, expiry), { at })).toMatchObject({ dateOfBirth, dateOfExpiry }),
  )

  it('has no date of birth when nothing is known', () =>
    expect(parseMrz(td3('<<<<<<', '350101'), { at }).dateOfBirth).toBeUndefined())

  it('takes the century of birth from the personal number', () => {
    const optional = `001226000001<<${checkDigit('001226000001')}`
    const first = `IDVNM226000001${checkDigit('226000001')}${optional}`
    const born = `260803${checkDigit('260803')}M400803${checkDigit('400803')}VNM<<<<<<<<<<<`
    const covered = first.slice(5) + born.slice(0, 7) + born.slice(8, 15) + born.slice(18, 29)
    const lines = [first, born + checkDigit(covered), 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<']
    expect(parseMrz(lines, { at })).toMatchObject({ dateOfBirth: '2026-08-03', dateOfExpiry: '2040-08-03' })
  })
})

describe('mrzKeyInformation', () => {
  it.each(published.keyInformation)('of %s, %s, %s', (number, birth, expiry, expected) =>
    expect(mrzKeyInformation(number, birth, expiry)).toBe(expected),
  )
  it('has fillers for what is not known of a birth', () =>
    expect(mrzKeyInformation('L898902C', '1969', '1994-06-23')).toBe('L898902C<369<<<<99406236'))
  it.each([
    ['l898902c', '1969-08-06', '1994-06-23'],
    ['', '1969-08-06', '1994-06-23'],
    ['L898902C', '690806', '1994-06-23'],
    ['L898902C', '1969-08-06', '23/06/1994'],
  ])('is a range error for %s, %s, %s', (number, birth, expiry) =>
    expect(() => mrzKeyInformation(number, birth, expiry)).toThrow(RangeError),
  )
})
