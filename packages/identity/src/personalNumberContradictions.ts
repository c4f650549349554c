import type { Finding } from '@cccd/core'
import type { PersonalNumberContext } from './PersonalNumberContext.js'
import type { Sex } from './sex.js'
import { yearOfBirthOf } from './yearOfBirthOf.js'

/** The sex in a personal number: its fourth digit is even for men (Circular 59/2021/TT-BCA art. 4). */
export function sexOfNumber(personalNumber: string): Sex {
  return Number(personalNumber.charAt(3)) % 2 === 0 ? 'male' : 'female'
}

/**
 * Where sex and year of birth in a personal number are not those of the person. Warnings, never a rejection: records are corrected and people
 * change their sex, and the number stays. What else the number says is for `tryParsePersonalNumber`, which knows the places.
 *
 * @returns undefined when the text is no personal number
 * @example personalNumberContradictions('001090000123', { sex: 'female' }) // [{ code: 'sex-differs-from-number', … }]
 */
export function personalNumberContradictions(
  text: string,
  context: PersonalNumberContext,
): Finding<'sex-differs-from-number' | 'birth-year-differs-from-number'>[] | undefined {
  if (!/^\d{12}$/.test(text)) return undefined
  const findings: Finding<'sex-differs-from-number' | 'birth-year-differs-from-number'>[] = []
  if (context.sex !== undefined && context.sex !== sexOfNumber(text))
    findings.push({ code: 'sex-differs-from-number', severity: 'warning', field: 'sex' })
  if (context.dateOfBirth !== undefined && !context.dateOfBirth.startsWith(String(yearOfBirthOf(text))))
    findings.push({ code: 'birth-year-differs-from-number', severity: 'warning', field: 'dateOfBirth' })
  return findings
}
