import { IdentityError } from './errors.js'

/** Centuries that a personal number can name: 1900 … 2399. */
const firstYear = 1900
const lastYear = 2399

/** Days of a month in the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD` that exists in the calendar. */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
  if (match === null) return false
  const [, year, month, day] = match
  if (month === undefined) return true
  if (month < '01' || month > '12') return false
  return day === undefined || (day >= '01' && Number(day) <= daysInMonth(Number(year), Number(month)))
}

/**
 * A date as Vietnamese documents write it: `DDMMYYYY` (QR) or `dd/MM/yyyy` (print, DG13), also `-` or `.` between.
 *
 * People with only a recorded month or year exist: zeros in place of the day or of day and month, `MM/yyyy` and a bare
 * `yyyy` give `YYYY-MM` or `YYYY`. A date that is not in the calendar is refused, never rolled over.
 *
 * @returns `YYYY-MM-DD`, `YYYY-MM` or `YYYY`
 * @throws IdentityError `IDENTITY_DATE`
 * @example
 * parseVietnameseDate('15081990') // '1990-08-15'
 * parseVietnameseDate('1950')     // '1950'
 */
export function parseVietnameseDate(text: string): string {
  const match =
    /^(\d{2})(\d{2})(\d{4})$/.exec(text) ??
    /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text)?.filter((_, index) => index !== 2) ??
    /^()(\d{1,2})[/.-](\d{4})$/.exec(text) ??
    /^()()(\d{4})$/.exec(text)
  if (match === null || match === undefined) throw malformed()
  const [day, month] = [part(match[1]), part(match[2])]
  const year = match[3] ?? ''
  const date = month === undefined ? year : day === undefined ? `${year}-${month}` : `${year}-${month}-${day}`
  const dayWithoutMonth = day !== undefined && month === undefined
  if (dayWithoutMonth || Number(year) < firstYear || Number(year) > lastYear || !isCalendarDate(date)) throw malformed()
  return date
}

function part(digits: string | undefined): string | undefined {
  return digits === undefined || Number(digits) === 0 ? undefined : digits.padStart(2, '0')
}

function malformed(): IdentityError {
  return new IdentityError('IDENTITY_DATE', 'the date is malformed or not in the calendar')
}

/**
 * A date as Vietnamese documents write it; what is not known is zeros in the QR form and left out in the printed form.
 * @param form `compact`: `DDMMYYYY` as in the QR; `printed`: `dd/MM/yyyy` as in DG13
 * @throws RangeError when the date is not `YYYY-MM-DD`, `YYYY-MM` or `YYYY`
 */
export function formatVietnameseDate(date: string, form: 'compact' | 'printed'): string {
  if (!isCalendarDate(date)) throw new RangeError('date must be YYYY-MM-DD, YYYY-MM or YYYY')
  const [year = '', month, day] = date.split('-')
  if (form === 'compact') return `${day ?? '00'}${month ?? '00'}${year}`
  return [day, month, year].filter((known) => known !== undefined).join('/')
}
