import { toMrzName } from '@cccd/identity'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOwnVector } from '../../../test-vectors/shared.js'
import { formatMrz, type MrzFields } from '../src/formatMrz.js'
import { type Mrz, parseMrz } from '../src/index.js'

const at = '2026-01-15'
const published = readOwnVector<{ specimens: Record<string, string[]>; longDocumentNumber: { lines: string[] } }>('mrz.json')

const person: MrzFields = {
  format: 'TD1',
  issuingState: 'VNM',
  personalNumber: '001090000123',
  dateOfBirth: '1990-08-15',
  sex: 'male',
  dateOfExpiry: '2030-08-15',
  primaryIdentifier: 'NGUYEN',
  secondaryIdentifier: 'VAN THU',
}

/** What `formatMrz` takes, out of what `parseMrz` gave. */
function fieldsOf(mrz: Mrz): MrzFields {
  const { dateOfBirth, optionalData, personalNumber, ...rest } = mrz
  if (dateOfBirth === undefined) throw new Error('no date of birth')
  return { ...rest, dateOfBirth, ...(personalNumber ? { personalNumber } : optionalData ? { optionalData } : {}) }
}

describe('formatMrz', () => {
  it('writes the Vietnamese card', () => {
    expect(formatMrz(person)).toEqual([
      'IDVNM0900001233001090000123<<4',
      '9008157M3008155VNM<<<<<<<<<<<0',
      'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<',
    ])
    expect(
      formatMrz({ ...person, personalNumber: '001060000123', dateOfBirth: '1960-01-01', dateOfExpiry: 'none' }).slice(0, 2),
    ).toEqual(['IDVNM0600001234001060000123<<5', '6001010M9912315VNM<<<<<<<<<<<0'])
  })

  it('never writes I<VNM', () => expect(formatMrz({ ...person, documentCode: 'I' })[0]).toMatch(/^IDVNM/))

  it.each([...Object.entries(published.specimens), ['a long number', published.longDocumentNumber.lines] as const])(
    'writes %s as it was read',
    (_, lines) => expect(formatMrz(fieldsOf(parseMrz(lines, { at })))).toEqual(lines),
  )

  it('writes a long number with more optional data behind it', () => {
    const lines = formatMrz({
      ...person,
      issuingState: 'UTO',
      personalNumber: undefined as never,
      documentNumber: 'D23145890734',
      optionalData: 'AB12',
    })
    expect(parseMrz(lines, { at })).toMatchObject({ documentNumber: 'D23145890734', optionalData: 'AB12' })
  })

  it.each<[string, Partial<MrzFields>]>([
    ['format', { format: 'TD4' as 'TD1' }],
    ['personalNumber', { personalNumber: '00109000012' }],
    ['personalNumber', { issuingState: 'UTO' }],
    ['documentNumber', { documentNumber: '0900001234' }],
    ['documentNumber', { format: 'TD3', personalNumber: undefined as never, documentNumber: '' }],
    ['documentNumber', { format: 'TD3', documentNumber: 'C123456789' }],
    ['issuingState', { issuingState: 'VIET', personalNumber: undefined as never, documentNumber: '1' }],
    ['dateOfBirth', { dateOfBirth: '15/08/1990' }],
    ['dateOfBirth', { dateOfBirth: 'none' }],
    ['dateOfExpiry', { dateOfExpiry: '2030-02-30' }],
    ['primaryIdentifier', { primaryIdentifier: 'Nguyễn' }],
    ['primaryIdentifier', { primaryIdentifier: '' }],
    ['secondaryIdentifier', { secondaryIdentifier: 'VAN<THU' }],
    ['optionalData2', { optionalData2: 'X'.repeat(12) }],
  ])('is a range error that names %s', (field, change) =>
    expect(() => formatMrz({ ...person, ...change })).toThrow(new RegExp(`^${field} `)),
  )

  it('goes round: format, parse, format', () => {
    const word = fc.stringMatching(/^[A-Z]{1,14}$/)
    const date = (min: string, max: string) =>
      fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true }).map((one) => one.toISOString().slice(0, 10))
    const fields = fc.record({
      format: fc.constantFrom('TD1' as const, 'TD2' as const, 'TD3' as const, 'MRV-A' as const, 'MRV-B' as const),
      issuingState: fc.constantFrom('UTO', 'D', 'FRA'),
      documentNumber: fc.stringMatching(/^[A-Z][A-Z0-9]{0,8}$/),
      optionalData: fc.stringMatching(/^([A-Z0-9]{1,7})?$/),
      dateOfBirth: date('1930-01-01', '2025-12-31'),
      dateOfExpiry: date('2000-01-01', '2070-12-31'),
      sex: fc.constantFrom('male' as const, 'female' as const, 'unspecified' as const),
      primaryIdentifier: word,
      secondaryIdentifier: fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
    })
    fc.assert(
      fc.property(fields, (one) => {
        const lines = formatMrz(one)
        const mrz = parseMrz(lines, { at })
        expect(mrz).toMatchObject({ documentNumber: one.documentNumber, dateOfExpiry: one.dateOfExpiry, sex: one.sex })
        expect(formatMrz(fieldsOf(mrz))).toEqual(lines)
      }),
    )
  })

  it('writes what toMrzName gives', () => {
    const name = toMrzName('Nguyễn Hoàng Phương Uyên Thy Vy')
    const lines = formatMrz({ ...person, primaryIdentifier: name.primary, secondaryIdentifier: name.secondary })
    expect(lines[2]).toBe(name.field)
    expect(parseMrz(lines).nameTruncated).toBe(true)
  })
})
