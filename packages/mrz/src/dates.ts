import { isCalendarDate } from '@cccd/identity'
import { MrzError } from './errors.js'

/** What a two-digit year needs to get its century. */
export interface CenturyHints {
  /** The day of reading, `YYYY-MM-DD`. */
  readonly at: string
  /** The year of birth, known from a personal number. */
  readonly yearOfBirth?: number | undefined
  /** The Vietnamese card: every expiry lies in 2000 … 2098, and 991231 is none. */
  readonly vietnameseCard: boolean
}

/**
 * A date of birth `YYMMDD`, unknown parts as `<<` (Doc 9303-3, 4.8), in the latest century that is not after the day of reading, unless
 * the personal number says otherwise.
 * @returns undefined when nothing is known
 * @throws MrzError `MRZ_DATE`
 */
export function birthDate(text: string, { at, yearOfBirth }: CenturyHints): string | undefined {
  if (text === '<<<<<<') return undefined
  const match = /^(\d\d)(?:<<<<|(\d\d)(?:<<|(\d\d)))$/.exec(text)
  if (match === null) throw wrongDate('dateOfBirth')
  const [, yy = '', ...rest] = match
  const inCentury = (century: number) => [`${century}${yy}`, ...rest.filter((part) => part !== undefined)].join('-')
  const known = yearOfBirth === undefined || yearOfBirth % 100 !== Number(yy) ? undefined : Math.floor(yearOfBirth / 100)
  const century = Number(at.slice(0, 2))
  const date = inCentury(known ?? (inCentury(century) <= at ? century : century - 1))
  if (!isCalendarDate(date)) throw wrongDate('dateOfBirth')
  return date
}

/**
 * A date of expiry `YYMMDD`, within fifty years of the day of reading; on the Vietnamese card always in the 2000s.
 * @returns `'none'` for fillers only, and for 991231 on the Vietnamese card (two public samples)
 * @throws MrzError `MRZ_DATE`; the 29th of February of any year passes, see `isCalendarDate`
 */
export function expiryDate(text: string, { at, vietnameseCard }: CenturyHints): string {
  if (text === '<<<<<<' || (vietnameseCard && text === '991231')) return 'none'
  if (!/^\d{6}$/.test(text)) throw wrongDate('dateOfExpiry')
  const [yy, mm, dd] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)]
  const year = Number(at.slice(0, 4))
  const near = Math.floor((year - Number(yy) + 50) / 100) * 100 + Number(yy)
  const date = `${vietnameseCard ? 2000 + Number(yy) : near}-${mm}-${dd}`
  if (!isCalendarDate(date) && `${mm}${dd}` !== '0229') throw wrongDate('dateOfExpiry')
  return date
}

function wrongDate(field: string): MrzError {
  return new MrzError('MRZ_DATE', 'the date is malformed or not in the calendar', { params: { field } })
}

/** `YYMMDD` of a date; unknown parts as fillers, no expiry as 991231 (the Vietnamese card's form). */
export function mrzDate(date: string): string {
  if (date === 'none') return '991231'
  const match = /^\d\d(\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date)
  if (match === null) throw new RangeError('date must be YYYY-MM-DD, YYYY-MM, YYYY or none')
  const [, yy = '', mm = '<<', dd = '<<'] = match
  return yy + mm + dd
}
