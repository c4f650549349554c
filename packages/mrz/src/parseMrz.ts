import { type Finding, markPersonal, type ParseOutcome } from '@cccd/core'
import { isCalendarDate, yearOfBirthOf } from '@cccd/identity'
import { birthDate, expiryDate } from './dates.js'
import { documentNumberField } from './documentNumberField.js'
import { MrzError } from './errors.js'
import { after, documentCodeSpan, issuingStateSpan, layoutOf, type MrzLayout, type Span, textAt } from './layouts.js'
import type { Mrz, MrzSex } from './Mrz.js'
import { splitLines } from './splitLines.js'
import { vietnamesePersonalNumber } from './vietnamese.js'
import { wrongCheckDigits } from './wrongCheckDigits.js'

export interface ParseMrzOptions {
  /** `require` (default): a wrong check digit is an error. `report`: a finding, for data whose signature decides. */
  readonly checkDigits?: 'require' | 'report'
  /** The day of reading, `YYYY-MM-DD`, which decides centuries (default: today, UTC). The Vietnamese card does not need it. */
  readonly at?: string
}

export type MrzFindingCode =
  | 'check-digit-wrong'
  | 'date-not-in-calendar'
  | 'document-code-unusual'
  | 'document-number-differs-from-personal-number'
  | 'personal-number-missing'

/**
 * The fields of an MRZ: TD1, TD2, TD3 and visas, long document numbers, the Vietnamese TD1 with its own check digit.
 *
 * Strict: exact lengths, A–Z 0–9 and `<` only. For what a camera read, let `repairMrz` go first.
 * Two-digit years: a birth lies in the latest century not after `at` (the Vietnamese personal number names the century itself), an
 * expiry within fifty years of `at`; 991231 on the Vietnamese card is `'none'`. A 29 February that the year of expiry lacks is kept as it
 * stands, because the chip's key is made from it, and is a finding.
 *
 * @param input the lines, or one text with or without line breaks (as in DG1)
 * @throws MrzError `MRZ_FORMAT`, `MRZ_CHARACTER` (`params.line`, `params.position` from 1), `MRZ_FIELD` and `MRZ_DATE` (`params.field`),
 *   `MRZ_CHECK_DIGIT` (`params.fields`, by comma)
 * @example
 * parseMrz(['IDVNM0900001233001090000123<<4', '9008157M3008155VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<']).personalNumber
 */
export function parseMrz(input: string | readonly string[], options: ParseMrzOptions = {}): Mrz {
  return read(input, options).mrz
}

/** The MRZ with its doubts, or the error of {@link parseMrz}. */
export function tryParseMrz(input: string | readonly string[], options: ParseMrzOptions = {}): ParseOutcome<Mrz, MrzError> {
  try {
    const { mrz, findings } = read(input, options)
    return { ok: true, value: mrz, findings }
  } catch (error) {
    if (error instanceof MrzError) return { ok: false, error }
    throw error
  }
}

function read(input: string | readonly string[], options: ParseMrzOptions): { mrz: Mrz; findings: Finding<MrzFindingCode>[] } {
  const at = options.at ?? new Date(Date.now()).toISOString().slice(0, 10)
  if (!isCalendarDate(at) || at.length !== 10) throw new RangeError('at must be YYYY-MM-DD')
  const lines = splitLines(input)
  const layout = layoutOf(lines)
  if (layout === undefined)
    throw new MrzError('MRZ_FORMAT', 'these are not the lines of an MRZ', { params: { lines: lines.length } })
  const findings: Finding<MrzFindingCode>[] = []
  const wrong = wrongCheckDigits(lines, layout)
  if (wrong.length > 0 && options.checkDigits !== 'report')
    throw new MrzError('MRZ_CHECK_DIGIT', 'a check digit is wrong', { params: { fields: wrong.join(','), count: wrong.length } })
  for (const field of wrong) findings.push({ code: 'check-digit-wrong', severity: 'error', field, clause: 'Doc 9303-3, 4.9' })
  return { mrz: markPersonal(fieldsOf(lines, layout, at, findings), 'Mrz'), findings }
}

function fieldsOf(lines: readonly string[], layout: MrzLayout, at: string, findings: Finding<MrzFindingCode>[]): Mrz {
  const documentCode = letters(lines, documentCodeSpan, 'documentCode', /^[A-Z][A-Z0-9<]$/)
  const issuingState = letters(lines, issuingStateSpan, 'issuingState', stateCode)
  const numberField = documentNumberField(lines, layout)
  const documentNumber = trim(numberField.text)
  if (documentNumber === '') throw wrongField('documentNumber')
  const optionalData = trim(numberField.optionalData).replace(/^<+/, '')
  const personalNumber = vietnamesePersonalNumber(lines, layout)
  const vietnameseCard = issuingState === 'VNM' && layout.format === 'TD1'
  const yearOfBirth = personalNumber === undefined ? undefined : yearOfBirthOf(personalNumber)
  const hints = { at, yearOfBirth, vietnameseCard }
  const dateOfBirth = birthDate(textAt(lines, layout.dateOfBirth), hints)
  const dateOfExpiry = expiryDate(textAt(lines, layout.dateOfExpiry), hints)
  const nameField = letters(lines, layout.name, 'name', /^[A-Z][A-Z<]*$/, (text) => text)
  const [primary = '', ...others] = nameField.replace(/<+$/, '').split('<<')
  const optionalData2 = layout.optionalData2 && trim(textAt(lines, layout.optionalData2))
  if (dateOfExpiry !== 'none' && !isCalendarDate(dateOfExpiry))
    findings.push({ code: 'date-not-in-calendar', severity: 'warning', field: 'dateOfExpiry' })
  if (vietnameseCard) {
    if (documentCode !== 'ID') findings.push({ code: 'document-code-unusual', severity: 'info', field: 'documentCode' })
    if (personalNumber === undefined)
      findings.push({ code: 'personal-number-missing', severity: 'warning', field: 'personalNumber' })
    else if (personalNumber.slice(3) !== documentNumber)
      findings.push({ code: 'document-number-differs-from-personal-number', severity: 'error', field: 'documentNumber' })
  }
  return {
    format: layout.format,
    lines,
    documentCode,
    issuingState,
    documentNumber,
    ...(personalNumber === undefined ? {} : { personalNumber }),
    ...(optionalData === '' ? {} : { optionalData }),
    ...(optionalData2 ? { optionalData2 } : {}),
    nationality: letters(lines, layout.nationality, 'nationality', stateCode),
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    sex: sexOf(textAt(lines, layout.sex)),
    dateOfExpiry,
    primaryIdentifier: words(primary),
    secondaryIdentifier: words(others.join('<')),
    nameField,
    nameTruncated: !nameField.endsWith('<'),
    keyInformation:
      numberField.text +
      numberField.checkDigit +
      withCheckDigit(lines, layout.dateOfBirth) +
      withCheckDigit(lines, layout.dateOfExpiry),
  }
}

/** Three letters, or fewer and fillers (`D<<`). */
const stateCode = /^[A-Z]{1,3}<{0,2}$/

function letters(
  lines: readonly string[],
  span: Span,
  field: string,
  form: RegExp,
  finish: (text: string) => string = trim,
): string {
  const text = textAt(lines, span)
  if (!form.test(text)) throw wrongField(field)
  return finish(text)
}

function trim(text: string): string {
  return text.replace(/<+$/, '')
}

function words(identifier: string): string {
  return identifier.replace(/<+/g, ' ').trim()
}

const sexes: ReadonlyMap<string, MrzSex> = /* @__PURE__ */ new Map([
  ['M', 'male'],
  ['F', 'female'],
  ['<', 'unspecified'],
])

function sexOf(letter: string): MrzSex {
  const sex = sexes.get(letter)
  if (sex === undefined) throw wrongField('sex')
  return sex
}

function withCheckDigit(lines: readonly string[], span: Span): string {
  return textAt(lines, span) + textAt(lines, after(span))
}

function wrongField(field: string): MrzError {
  return new MrzError('MRZ_FIELD', 'the field holds what it cannot hold', { params: { field } })
}
