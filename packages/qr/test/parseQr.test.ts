import { inspect } from 'node:util'
import { decodeJson, encodeJson, encodeUtf8 } from '@cccd/core'
import { expiryCandidates } from '@cccd/identity'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatQr, parseQr, type QrError, qrErrorCodes, tryParseQr } from '../src/index.js'

const seven = '001090000123|012345678|Nguyễn Văn Thử|15081990|Nam|Số 1 Phố Mẫu, Phường Mẫu, Quận Mẫu, Hà Nội|20052021'
const eleven = '001090000123||Nguyễn Văn Thử|15081990|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|04102024||||'

/** The first sample with some fields put in place of its own. */
function withFields(change: Readonly<Record<number, string>>): string {
  return seven
    .split('|')
    .map((field, index) => change[index] ?? field)
    .join('|')
}

function codesOf(payload: string | Uint8Array): string[] {
  return parseQr(payload).findings.map(({ code, field }) => (field === undefined ? code : `${code} ${field}`))
}

function errorOf(payload: string | Uint8Array): QrError {
  const outcome = tryParseQr(payload)
  if (outcome.ok) throw new Error('parsed')
  return outcome.error
}

function asLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

describe('parseQr', () => {
  it('reads the seven fields of 2021', () => {
    expect(parseQr(seven)).toEqual({
      personalNumber: '001090000123',
      previousIdNumber: '012345678',
      fullName: 'Nguyễn Văn Thử',
      dateOfBirth: '1990-08-15',
      sex: 'male',
      placeOfResidence: 'Số 1 Phố Mẫu, Phường Mẫu, Quận Mẫu, Hà Nội',
      issueDate: '2021-05-20',
      unknownFields: [],
      generation: 'cccd-2021',
      findings: [],
    })
  })

  it('reads the eleven fields of 2024, and keeps the unknown ones by position', () => {
    const qr = parseQr(eleven)
    expect(qr).toMatchObject({
      issueDate: '2024-10-04',
      unknownFields: ['', '', '', ''],
      generation: 'can-cuoc-2024',
      findings: [],
    })
    expect(qr.previousIdNumber).toBeUndefined()
    expect(parseQr(eleven.replace('||||', '||a||b')).unknownFields).toEqual(['', 'a', '', 'b'])
  })

  it.each([7, 8, 9, 10, 11, 12, 15, 24])('takes %i fields', (count) => {
    const qr = parseQr(seven + '|'.repeat(count - 7))
    expect(qr.unknownFields).toHaveLength(count - 7)
  })

  it('takes bytes and text', () => expect(parseQr(encodeUtf8(eleven))).toEqual(parseQr(eleven)))

  it('gives what the expiry rule needs', () =>
    expect(expiryCandidates(parseQr(seven))).toEqual([
      { dateOfExpiry: '2030-08-15', age: 40, law: 'law-2014', reasons: ['next-age'] },
    ]))

  it('goes round with formatQr', () => {
    for (const payload of [seven, eleven]) expect(formatQr(parseQr(payload))).toBe(payload)
    expect(() => formatQr({ ...parseQr(seven), fullName: 'A|B' })).toThrow(RangeError)
  })

  it('prints masked, and survives structuredClone and its JSON codec', () => {
    const qr = parseQr(seven)
    expect(inspect(qr)).not.toMatch(/Thử|001090|Mẫu/)
    expect(structuredClone(qr)).toEqual(qr)
    expect(decodeJson(encodeJson(qr))).toEqual(qr)
  })

  it('is a type error for what is neither text nor bytes', () =>
    expect(() => parseQr(42 as unknown as string)).toThrow(TypeError))
})

describe('what scanners make of it', () => {
  it.each([
    ['CR', `${seven}\r`, ['line-end-removed']],
    ['CR LF', `${seven}\r\n`, ['line-end-removed']],
    ['a tab', `${seven}\t`, ['line-end-removed']],
    ['a BOM', `\ufeff${seven}`, ['scanner-prefix-removed']],
    ['an AIM identifier', `]Q3${seven}`, ['scanner-prefix-removed']],
    ['NFD', seven.normalize('NFD'), ['not-nfc']],
    ['Latin-1 for UTF-8', asLatin1(seven), ['mojibake-repaired']],
    ['Latin-1 twice', asLatin1(asLatin1(seven)), ['mojibake-repaired']],
    ['Windows-1252 for UTF-8', new TextDecoder('windows-1252').decode(encodeUtf8(seven)), ['mojibake-repaired']],
    [
      'Latin-1 with BOM and line end',
      asLatin1(`\ufeff${seven}\r\n`),
      ['mojibake-repaired', 'scanner-prefix-removed', 'line-end-removed'],
    ],
  ])('%s', (_, payload, codes) => {
    const qr = parseQr(payload)
    expect(qr.findings.map(({ code }) => code)).toEqual(codes)
    expect({ ...qr, findings: [] }).toEqual(parseQr(seven))
  })

  it('the same, as bytes', () => {
    expect(codesOf(encodeUtf8(asLatin1(seven)))).toEqual(['mojibake-repaired'])
    expect(codesOf(encodeUtf8(`\ufeff${seven}`))).toEqual(['scanner-prefix-removed'])
  })

  it('blanks', () => {
    expect(codesOf(withFields({ 2: ' Nguyễn  Văn Thử ' }))).toEqual(['blanks-removed fullName'])
    expect(parseQr(withFields({ 2: ' Nguyễn  Văn Thử ' })).fullName).toBe('Nguyễn Văn Thử')
  })

  it('leaves Vietnamese alone that fits into Latin-1', () => {
    expect(parseQr(withFields({ 2: 'Hà Thùy Ân', 5: 'Hà Tây' })).fullName).toBe('Hà Thùy Ân')
    expect(codesOf(withFields({ 2: 'Hà Thùy Ân', 5: 'Hà Tây' }))).toEqual([])
  })
})

describe('findings', () => {
  it.each<[string, Record<number, string>]>([
    ['sex-differs-from-number sex', { 4: 'Nữ' }],
    ['birth-year-differs-from-number dateOfBirth', { 3: '15081991' }],
    ['birth-place-unknown personalNumber', { 0: '003090000123' }],
    ['issue-before-birth issueDate', { 6: '20051989' }],
    ['place-of-residence-empty placeOfResidence', { 5: '' }],
    ['birth-date-incomplete dateOfBirth', { 3: '1990' }],
    ['birth-date-incomplete dateOfBirth', { 3: '00001990' }],
    ['generation-unclear', { 6: '04102024' }],
    ['generation-unclear', { 6: '20052021||||' }],
    ['unknown-fields-filled', { 6: '04102024|||x|' }],
  ])('%s', (code, change) => expect(codesOf(withFields(change))).toEqual([code]))

  it('never holds what it is about', () => {
    const text = JSON.stringify(parseQr(withFields({ 0: '003190000123', 5: '', 6: '20051989' })).findings)
    expect(text).not.toMatch(/003190|1989|Thử/)
    const outcome = tryParseQr(`${seven}\r`)
    expect(outcome.ok && inspect(outcome.findings)).toContain('line-end-removed')
  })
})

describe('what parseQr refuses', () => {
  it.each<[string, string, number, Record<number, string>]>([
    ['QR_PERSONAL_NUMBER', 'personalNumber', 0, { 0: '00109000012' }],
    ['QR_PERSONAL_NUMBER', 'personalNumber', 0, { 0: '00109000012A' }],
    ['QR_PERSONAL_NUMBER', 'personalNumber', 0, { 0: '' }],
    ['QR_PREVIOUS_ID_NUMBER', 'previousIdNumber', 1, { 1: '12345678' }],
    ['QR_PREVIOUS_ID_NUMBER', 'previousIdNumber', 1, { 1: '012345678901' }],
    ['QR_FULL_NAME', 'fullName', 2, { 2: '' }],
    ['QR_FULL_NAME', 'fullName', 2, { 2: ' - ' }],
    ['QR_FULL_NAME', 'fullName', 2, { 2: 'Nguyễn 2' }],
    ['QR_FULL_NAME', 'fullName', 2, { 2: '<script>' }],
    ['QR_FULL_NAME', 'fullName', 2, { 2: 'A'.repeat(129) }],
    ['QR_DATE_OF_BIRTH', 'dateOfBirth', 3, { 3: '31021990' }],
    ['QR_DATE_OF_BIRTH', 'dateOfBirth', 3, { 3: '29021990' }],
    ['QR_DATE_OF_BIRTH', 'dateOfBirth', 3, { 3: '1990-08-15' }],
    ['QR_DATE_OF_BIRTH', 'dateOfBirth', 3, { 3: '15/08/1990' }],
    ['QR_DATE_OF_BIRTH', 'dateOfBirth', 3, { 3: '' }],
    ['QR_SEX', 'sex', 4, { 4: 'X' }],
    ['QR_SEX', 'sex', 4, { 4: '' }],
    ['QR_ISSUE_DATE', 'issueDate', 6, { 6: '32052021' }],
    ['QR_ISSUE_DATE', 'issueDate', 6, { 6: '2021' }],
    ['QR_ISSUE_DATE', 'issueDate', 6, { 6: '00002021' }],
    ['QR_ISSUE_DATE', 'issueDate', 6, { 6: '' }],
  ])('%s: %s at %i', (code, field, index, change) => {
    const error = errorOf(withFields(change))
    expect(error.code).toBe(code)
    expect(error.params).toEqual({ field, index })
    expect(`${error.message} ${inspect(error.cause)}`).not.toMatch(/Thử|0010900|1990/)
  })

  it.each<[string, string | Uint8Array]>([
    ['QR_EMPTY', ''],
    ['QR_EMPTY', '  \r\n'],
    ['QR_EMPTY', new Uint8Array()],
    ['QR_NOT_A_CARD', 'https://example.com/'],
    ['QR_NOT_A_CARD', '{"id":"001099000001"}'],
    ['QR_NOT_A_CARD', seven.replaceAll('|', ';')],
    ['QR_FIELD_COUNT', seven.split('|').slice(0, 6).join('|')],
    ['QR_FIELD_COUNT', '||'],
    ['QR_FIELD_COUNT', seven + '|'.repeat(18)],
    ['QR_TOO_LARGE', seven + 'x'.repeat(6000)],
    ['QR_TOO_LARGE', new Uint8Array(10_000_000)],
    ['QR_ENCODING', Uint8Array.of(...encodeUtf8(seven), 0xe1, 0xbb)],
    ['QR_ENCODING', withFields({ 2: 'Nguy\ufffdn Văn Thử' })],
    ['QR_ENCODING', withFields({ 2: 'Nguy\ud800n' })],
    ['QR_CONTROL_CHARACTER', `${seven}\0`],
    ['QR_CONTROL_CHARACTER', seven.replace('Nguyễn', 'Nguyễn\n')],
    ['QR_CONTROL_CHARACTER', seven.replace('Nguyễn', '\u202eNguyễn')],
    ['QR_CONTROL_CHARACTER', seven.replace('Nguyễn', 'Nguyễn\u200b')],
  ])('%s', (code, payload) => expect(errorOf(payload).code).toBe(code))

  it('says how many fields there were', () => expect(errorOf('a|b|c').params).toEqual({ count: 3 }))

  it('random and mutated payloads: only coded errors, and never a value in them', () => {
    const bytes = encodeUtf8(eleven)
    const mutated = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 }).map((changes) => {
      const out = bytes.slice()
      for (const [at, value] of changes) out[at] = value
      return out
    })
    const fields = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...seven.split('|'))), {
      minLength: 6,
      maxLength: 12,
    })
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      mutated,
      fields.map((texts) => texts.join('|')),
    )
    fc.assert(
      fc.property(any, (payload) => {
        const outcome = tryParseQr(payload)
        if (!outcome.ok) expect(qrErrorCodes).toContain(outcome.error.code)
        else expect(parseQr(formatQr(outcome.value)).personalNumber).toBe(outcome.value.personalNumber)
      }),
      { numRuns: 250 },
    )
  })
})
