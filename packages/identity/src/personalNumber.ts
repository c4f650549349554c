import { type Finding, markPersonal, type ParseOutcome } from '@cccd/core'
import { IdentityError } from './errors.js'
import type { PersonalNumberContext } from './PersonalNumberContext.js'
import { personalNumberContradictions, sexOfNumber } from './personalNumberContradictions.js'
import { birthCountry, type Country } from './places/countries.js'
import { currentProvince, legacyProvince, type Province, successorProvince } from './places/provinces.js'
import type { Sex } from './sex.js'
import { yearOfBirthOf } from './yearOfBirthOf.js'

/** Where the birth was registered: neither the residence nor the place of origin. */
export type BirthPlace =
  | (Province & {
      readonly kind: 'province'
      /** The province of the table of 34 that took this one over on 1 July 2025. */
      readonly successor: Province
      /** Only for births that may be from July 2025 on: no source says which table their numbers use. */
      readonly ambiguous?: true
      /** With `ambiguous`: what the code says in the table of 34, where that is another name. */
      readonly alternative?: Province
    })
  | (Country & { readonly kind: 'country' })
  | { readonly kind: 'unknown'; readonly code: string }

/** What the twelve digits say. Nothing in them proves anything: there is no check digit. */
export interface PersonalNumber {
  /** The twelve digits. */
  readonly value: string
  readonly birthPlace: BirthPlace
  readonly sex: Sex
  readonly yearOfBirth: number
}

const newTableSince = '2025-07'

/**
 * The parts of a personal number `PPP G YY RRRRRR` (Circular 59/2021/TT-BCA art. 4): place of birth registration, sex and century,
 * year, six random digits. The place is read with the table of 63 provinces: numbers given before July 2025 keep its meaning.
 *
 * @param text twelve digits, as a string (a number would lose leading zeros)
 * @throws IdentityError `IDENTITY_PERSONAL_NUMBER` when it is not twelve digits. Unknown places are findings, see {@link tryParsePersonalNumber}.
 * @example
 * parsePersonalNumber('001090000123') // birthPlace Hà Nội, sex 'male', yearOfBirth 1990
 */
export function parsePersonalNumber(text: string, context: PersonalNumberContext = {}): PersonalNumber {
  if (typeof text !== 'string') throw new TypeError('text must be a string')
  if (!/^\d{12}$/.test(text))
    throw new IdentityError('IDENTITY_PERSONAL_NUMBER', 'a personal number is twelve digits', { params: { length: text.length } })
  const yearOfBirth = yearOfBirthOf(text)
  const born = context.dateOfBirth?.startsWith(`${yearOfBirth}-`) ? context.dateOfBirth : String(yearOfBirth)
  return markPersonal(
    {
      value: text,
      birthPlace: birthPlace(text.slice(0, 3), born),
      sex: sexOfNumber(text),
      yearOfBirth,
    },
    'PersonalNumber',
  )
}

function birthPlace(code: string, born: string): BirthPlace {
  const province = legacyProvince(code)
  const successor = successorProvince(code)
  if (province !== undefined && successor !== undefined) {
    const current = currentProvince(code)
    const place = { kind: 'province', ...province, successor } as const
    if (!mayBeSince(born, newTableSince)) return place
    const renamed = current !== undefined && current.name !== province.name
    return { ...place, ambiguous: true, ...(renamed ? { alternative: current } : {}) }
  }
  const country = birthCountry(code)
  return country === undefined ? { kind: 'unknown', code } : { kind: 'country', ...country }
}

/** Whether a date, of which only the year may be known, can lie in or after a month. */
function mayBeSince(date: string, month: string): boolean {
  return date.slice(0, 7) >= month.slice(0, date.length)
}

/** The value with its doubts (see {@link personalNumberFindings}), or the error. */
export function tryParsePersonalNumber(
  text: string,
  context: PersonalNumberContext = {},
): ParseOutcome<PersonalNumber, IdentityError> {
  try {
    const value = parsePersonalNumber(text, context)
    return { ok: true, value, findings: personalNumberFindings(value, context) }
  } catch (error) {
    if (error instanceof IdentityError) return { ok: false, error }
    throw error
  }
}

/** Every code that {@link personalNumberFindings} gives. */
export const personalNumberFindingCodes = [
  'sex-differs-from-number',
  'birth-year-differs-from-number',
  'birth-place-unknown',
  'birth-place-not-confirmed',
  'birth-place-ambiguous',
] as const

export type PersonalNumberFindingCode = (typeof personalNumberFindingCodes)[number]

/**
 * Where a personal number and the rest of the person do not fit. Warnings, never a rejection: records are corrected and people
 * change their sex, and the number stays.
 */
export function personalNumberFindings(
  number: PersonalNumber,
  context: PersonalNumberContext,
): Finding<PersonalNumberFindingCode>[] {
  const findings: Finding<PersonalNumberFindingCode>[] = [...(personalNumberContradictions(number.value, context) ?? [])]
  const add = (code: PersonalNumberFindingCode, severity: 'info' | 'warning', field: string) =>
    findings.push({ code, severity, field })
  const place = number.birthPlace
  if (place.kind === 'unknown') add('birth-place-unknown', 'warning', 'personalNumber')
  if (place.kind === 'country' && !place.confirmed) add('birth-place-not-confirmed', 'info', 'personalNumber')
  if (place.kind === 'province' && place.ambiguous) add('birth-place-ambiguous', 'info', 'personalNumber')
  return findings
}

/**
 * The document number on the Vietnamese card's MRZ: the last nine digits of the personal number (10 of 10 public samples).
 * It belongs to the person, not to the card, and two people can share it.
 * @throws IdentityError `IDENTITY_PERSONAL_NUMBER`
 */
export function documentNumberOf(personalNumber: string): string {
  return parsePersonalNumber(personalNumber).value.slice(3)
}

/**
 * The card access number (CAN) that opens the chip with PACE: the last six digits of the personal number.
 * @throws IdentityError `IDENTITY_PERSONAL_NUMBER`
 */
export function cardAccessNumberOf(personalNumber: string): string {
  return parsePersonalNumber(personalNumber).value.slice(6)
}
