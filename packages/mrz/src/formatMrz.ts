import { isCalendarDate, mrzNameField } from '@cccd/identity'
import { checkDigit } from './checkDigit.js'
import { mrzDate } from './dates.js'
import { layouts, type MrzFormat, type MrzLayout, type Span } from './layouts.js'
import type { MrzSex } from './Mrz.js'

/** What an MRZ is written from. Texts in MRZ letters; names with blanks between components, as `toMrzName` gives them. */
export interface MrzFields {
  readonly format: MrzFormat
  /** Default: `ID`, `P`, `V` by format; the Vietnamese card is always `ID`. */
  readonly documentCode?: string
  readonly issuingState: string
  /** Not needed with a `personalNumber` on a Vietnamese TD1. */
  readonly documentNumber?: string
  /** Vietnam only: goes into the optional data of TD1 (with its own check digit) or TD3. */
  readonly personalNumber?: string
  readonly optionalData?: string
  readonly optionalData2?: string
  /** Default: the issuing state. */
  readonly nationality?: string
  readonly dateOfBirth: string
  readonly sex: MrzSex
  /** `YYYY-MM-DD`, or `'none'`: 991231 */
  readonly dateOfExpiry: string
  readonly primaryIdentifier: string
  readonly secondaryIdentifier?: string
}

const letterOf: Readonly<Record<MrzSex, string>> = { male: 'M', female: 'F', unspecified: '<' }

/**
 * The lines of an MRZ with all check digits.
 *
 * @throws RangeError when a field does not fit or has other characters; the message names the field
 * @example
 * formatMrz({ format: 'TD1', issuingState: 'VNM', personalNumber: '001090000123', dateOfBirth: '1990-08-15', sex: 'male',
 *   dateOfExpiry: '2030-08-15', primaryIdentifier: 'NGUYEN', secondaryIdentifier: 'VAN THU' })
 * // ['IDVNM0900001233001090000123<<4', '9008157M3008155VNM<<<<<<<<<<<0', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<']
 */
export function formatMrz(fields: MrzFields): string[] {
  const layout = layouts.find(({ format }) => format === fields.format)
  if (layout === undefined) throw new RangeError('format must be TD1, TD2, TD3, MRV-A or MRV-B')
  const lines = Array.from({ length: layout.lineCount }, () => '<'.repeat(layout.lineLength))
  const put = ([line, start]: Span, text: string) => {
    const old = lines[line] ?? ''
    lines[line] = old.slice(0, start) + text + old.slice(start + text.length)
  }
  const { issuingState, sex } = fields
  const { documentNumber, optionalData } = numbers(fields, layout)
  put([0, 0, 2], fill('documentCode', codeOf(fields), 2))
  put([0, 2, 5], fill('issuingState', issuingState, 3))
  put(layout.documentNumber, documentNumber)
  put(layout.optionalData, optionalData)
  put(layout.nationality, fill('nationality', fields.nationality ?? issuingState, 3))
  put(layout.dateOfBirth, withCheckDigit(date('dateOfBirth', fields.dateOfBirth)))
  put(layout.sex, letterOf[sex])
  put(layout.dateOfExpiry, withCheckDigit(date('dateOfExpiry', fields.dateOfExpiry)))
  if (layout.optionalData2)
    put(layout.optionalData2, fill('optionalData2', fields.optionalData2 ?? '', widthOf(layout.optionalData2)))
  put(layout.name, nameField(fields, widthOf(layout.name)))
  if (layout.composite) {
    const covered = layout.compositeOver.map(([line, start, end]) => (lines[line] ?? '').slice(start, end)).join('')
    put(layout.composite, checkDigit(covered))
  }
  return lines
}

/** `I<VNM` was seen in hand-made samples only: the card has `IDVNM`. */
function codeOf({ format, documentCode, issuingState }: MrzFields): string {
  if (format === 'TD1' && issuingState === 'VNM') return 'ID'
  return documentCode ?? { TD1: 'ID', TD2: 'ID', TD3: 'P', 'MRV-A': 'V', 'MRV-B': 'V' }[format]
}

/** Document number with its check digit, and optional data with what Vietnam or a long number puts there. */
function numbers(fields: MrzFields, layout: MrzLayout): { documentNumber: string; optionalData: string } {
  const { personalNumber } = fields
  const width = widthOf(layout.optionalData)
  if (personalNumber !== undefined && !(fields.issuingState === 'VNM' && /^\d{12}$/.test(personalNumber)))
    throw new RangeError('personalNumber must be twelve digits, and is for VNM only')
  if (personalNumber !== undefined && layout.format === 'TD1')
    return {
      documentNumber: withCheckDigit(fill('documentNumber', fields.documentNumber ?? personalNumber.slice(3), 9)),
      optionalData: `${personalNumber}<<${checkDigit(personalNumber)}`,
    }
  const number = fields.documentNumber ?? ''
  if (number === '') throw new RangeError('documentNumber must be given')
  const optional = personalNumber ?? fields.optionalData ?? ''
  if (number.length > 9 && (layout.format === 'TD1' || layout.format === 'TD2')) {
    const rest = withCheckDigit(fill('documentNumber', number, number.length)).slice(9)
    const optionalData = optional === '' ? rest : `${rest}<${optional}`
    return { documentNumber: `${number.slice(0, 9)}<`, optionalData: fill('documentNumber', optionalData, width) }
  }
  const optionalData = fill('optionalData', optional, width)
  // With no optional data, TD3 has a filler for its check digit (Doc 9303-4, 4.2.2.2).
  const digit = layout.optionalDataChecked ? (optional === '' ? '<' : checkDigit(optionalData)) : ''
  return { documentNumber: withCheckDigit(fill('documentNumber', number, 9)), optionalData: optionalData + digit }
}

function nameField({ primaryIdentifier, secondaryIdentifier = '' }: MrzFields, width: number): string {
  if (!/^[A-Z]+(?: [A-Z]+)*$/.test(primaryIdentifier)) throw new RangeError('primaryIdentifier must be A–Z and blanks')
  if (!/^(?:[A-Z]+(?: [A-Z]+)*)?$/.test(secondaryIdentifier)) throw new RangeError('secondaryIdentifier must be A–Z and blanks')
  return mrzNameField(primaryIdentifier, secondaryIdentifier, width)
}

function date(field: string, text: string): string {
  const leapDay = field === 'dateOfExpiry' && /^\d{4}-02-29$/.test(text)
  if (!leapDay && !(isCalendarDate(text) || (field === 'dateOfExpiry' && text === 'none')))
    throw new RangeError(`${field} must be a date`)
  return mrzDate(text)
}

function fill(field: string, text: string, width: number): string {
  if (text.length > width || !/^[A-Z0-9<]*$/.test(text)) throw new RangeError(`${field} must be A–Z, 0–9 and <, and fit`)
  return text.padEnd(width, '<')
}

function withCheckDigit(text: string): string {
  return text + checkDigit(text)
}

function widthOf([, start, end]: Span): number {
  return end - start
}
