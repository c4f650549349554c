import { daysInMonth, isCalendarDate, isLeapYear } from './dates.js'

/** The law under which a card was issued: Law on Citizen Identification 2014, Law on Identity 2023 (from 1 July 2024). */
export type IdentityLaw = 'law-2014' | 'law-2023'

/** The ages at which the card must be changed (14 only under the law of 2023). */
export type ExpiryAge = 14 | 25 | 40 | 60

export type ExpiryReason =
  /** Valid to the birthday at the next age. */
  | 'next-age'
  /** Issued within two years before an age: valid to the one after it. */
  | 'two-year-rule'
  /** No age is left (58 or over): no expiry. */
  | 'last-age-passed'
  /** Issued exactly two years before an age, where the law's wording can be read both ways. */
  | 'issued-on-boundary'
  /** Born on 29 February, and the year of expiry has none. */
  | 'leap-day-birthday'
  /** Only the year, or year and month, of birth is known. */
  | 'birth-date-incomplete'
  | (string & {})

/** A date of expiry that the rule gives, and why. */
export interface ExpiryCandidate {
  /** `YYYY-MM-DD` or `'none'` */
  readonly dateOfExpiry: string
  /** The age reached on that day; absent without expiry. */
  readonly age?: ExpiryAge
  readonly law: IdentityLaw
  readonly reasons: readonly ExpiryReason[]
}

const lawOf2023Since = '2024-07-01'
const agesUnder: Readonly<Record<IdentityLaw, readonly ExpiryAge[]>> = { 'law-2014': [25, 40, 60], 'law-2023': [14, 25, 40, 60] }

/**
 * The date of expiry of a card, computed from birth and issue: the QR does not hold it, the chip's MRZ key needs it.
 *
 * Valid to the birthday at the first of 25, 40, 60 (from 1 July 2024 also 14) that is more than two years after the issue,
 * else without expiry (Law 2014 art. 21, Law 2023 art. 21; 9 of 9 public dated samples). The date of *issue* counts, never today's.
 *
 * @param options dateOfBirth: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; issueDate: `YYYY-MM-DD`
 * @returns one candidate, or two with the likelier first where the rule is ambiguous (see {@link ExpiryReason}); none when the
 *   issue lies before the birth
 * @throws RangeError when a date is not of that form or not in the calendar
 * @example
 * expiryCandidates({ dateOfBirth: '1990-08-15', issueDate: '2021-05-20' })
 * // [{ dateOfExpiry: '2030-08-15', age: 40, law: 'law-2014', reasons: ['next-age'] }]
 */
export function expiryCandidates(options: { readonly dateOfBirth: string; readonly issueDate: string }): ExpiryCandidate[] {
  const { dateOfBirth, issueDate } = options
  if (!isCalendarDate(dateOfBirth)) throw new RangeError('dateOfBirth must be YYYY-MM-DD, YYYY-MM or YYYY')
  if (!isCalendarDate(issueDate) || issueDate.length !== 10) throw new RangeError('issueDate must be YYYY-MM-DD')
  if (issueDate < dateOfBirth) return []
  const readings = birthdayReadings(dateOfBirth).flatMap((birthday) => [
    candidate(birthday, issueDate, false),
    candidate(birthday, issueDate, true),
  ])
  const found = new Map<string, ExpiryCandidate>()
  for (const one of readings) if (!found.has(one.dateOfExpiry)) found.set(one.dateOfExpiry, one)
  return [...found.values()].slice(0, 2)
}

/** One way to read when a person has a birthday. */
interface Birthday {
  readonly in: (year: number) => string
  readonly year: number
  readonly doubt?: ExpiryReason
}

/**
 * A birthday on 29 February falls, in other years, on the last of the month (Civil Code 2015 art. 148 reads terms so) or the day
 * after. Of an incomplete date, the end of what is known comes first: a card may not expire before its holder reaches the age.
 */
function birthdayReadings(dateOfBirth: string): Birthday[] {
  const year = Number(dateOfBirth.slice(0, 4))
  const month = dateOfBirth.slice(5, 7)
  const day = dateOfBirth.slice(8, 10)
  if (month === '' || day === '') {
    const doubt = 'birth-date-incomplete'
    const last = month === '' ? '12' : month
    return [
      { year, doubt, in: (at) => `${at}-${last}-${String(daysInMonth(at, Number(last))).padStart(2, '0')}` },
      { year, doubt, in: (at) => `${at}-${month === '' ? '01' : month}-01` },
    ]
  }
  if (month !== '02' || day !== '29') return [{ year, in: (at) => `${at}-${month}-${day}` }]
  const doubt = 'leap-day-birthday'
  return [
    { year, doubt, in: (at) => (isLeapYear(at) ? `${at}-02-29` : `${at}-02-28`) },
    { year, doubt, in: (at) => (isLeapYear(at) ? `${at}-02-29` : `${at}-03-01`) },
  ]
}

function candidate(birthday: Birthday, issue: string, boundaryCountsAsBefore: boolean): ExpiryCandidate {
  const law: IdentityLaw = issue < lawOf2023Since ? 'law-2014' : 'law-2023'
  const reasons: ExpiryReason[] = []
  let skipped = false
  for (const age of agesUnder[law]) {
    const dateOfExpiry = birthday.in(birthday.year + age)
    const boundary = birthday.in(birthday.year + age - 2)
    if (issue === boundary) reasons.push('issued-on-boundary')
    if (issue < boundary || (issue === boundary && boundaryCountsAsBefore)) {
      reasons.unshift(skipped ? 'two-year-rule' : 'next-age')
      const doubtful =
        birthday.doubt === 'birth-date-incomplete' || (birthday.doubt !== undefined && !isLeapYear(birthday.year + age))
      if (doubtful && birthday.doubt !== undefined) reasons.push(birthday.doubt)
      return { dateOfExpiry, age, law, reasons }
    }
    skipped = issue < dateOfExpiry
  }
  reasons.unshift('last-age-passed')
  if (birthday.doubt === 'birth-date-incomplete') reasons.push(birthday.doubt)
  return { dateOfExpiry: 'none', law, reasons }
}
