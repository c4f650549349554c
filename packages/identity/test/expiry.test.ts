import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expiryCandidates } from '../src/index.js'

function expiries(dateOfBirth: string, issueDate: string): string[] {
  return expiryCandidates({ dateOfBirth, issueDate }).map(({ dateOfExpiry }) => dateOfExpiry)
}

describe('expiryCandidates', () => {
  it('says date, age, law and reason', () => {
    expect(expiryCandidates({ dateOfBirth: '1990-08-15', issueDate: '2021-05-20' })).toEqual([
      { dateOfExpiry: '2030-08-15', age: 40, law: 'law-2014', reasons: ['next-age'] },
    ])
    expect(expiryCandidates({ dateOfBirth: '1960-01-01', issueDate: '2021-05-20' })).toEqual([
      { dateOfExpiry: 'none', law: 'law-2014', reasons: ['last-age-passed'] },
    ])
    expect(expiryCandidates({ dateOfBirth: '1998-08-15', issueDate: '2022-05-20' })).toEqual([
      { dateOfExpiry: '2038-08-15', age: 40, law: 'law-2014', reasons: ['two-year-rule'] },
    ])
  })

  it.each([
    // Law 2014: 25, 40, 60; two years before each goes on to the next
    ['2004-03-10', '2021-03-10', ['2029-03-10']],
    ['1998-08-15', '2021-08-14', ['2023-08-15']],
    ['1998-08-15', '2021-08-16', ['2038-08-15']],
    ['1981-06-01', '2019-05-31', ['2021-06-01']],
    ['1981-06-01', '2019-06-02', ['2041-06-01']],
    ['1963-06-01', '2021-05-31', ['2023-06-01']],
    ['1963-06-01', '2021-06-02', ['none']],
    ['1950-01-01', '2021-06-02', ['none']],
    // Law 2023: also 14; the day it comes into force counts
    ['2013-01-01', '2024-06-30', ['2038-01-01']],
    ['2013-01-01', '2024-07-01', ['2027-01-01']],
    ['2012-08-01', '2024-07-31', ['2026-08-01']],
    ['2012-08-01', '2024-08-02', ['2037-08-01']],
    ['2020-08-01', '2025-08-02', ['2034-08-01']],
    ['1966-09-01', '2024-09-02', ['none']],
    // no twenty-ninth of February in the year of expiry
    ['2004-02-29', '2024-07-02', ['2029-02-28', '2029-03-01']],
    ['2000-02-29', '2021-07-02', ['2025-02-28', '2025-03-01']],
    ['1988-02-29', '2021-07-02', ['2028-02-29']],
    // only year, or year and month
    ['1950', '2021-06-02', ['none']],
    ['1990', '2021-06-02', ['2030-12-31', '2030-01-01']],
    ['1990-02', '2021-06-02', ['2030-02-28', '2030-02-01']],
    ['1998', '2021-06-02', ['2023-12-31', '2038-01-01']],
  ])('born %s, issued %s: %j', (born, issued, expected) => expect(expiries(born, issued)).toEqual(expected))

  it('gives both readings on the boundary, the next age first', () => {
    const candidates = expiryCandidates({ dateOfBirth: '1998-08-15', issueDate: '2021-08-15' })
    expect(candidates).toEqual([
      { dateOfExpiry: '2038-08-15', age: 40, law: 'law-2014', reasons: ['two-year-rule', 'issued-on-boundary'] },
      { dateOfExpiry: '2023-08-15', age: 25, law: 'law-2014', reasons: ['next-age', 'issued-on-boundary'] },
    ])
    expect(expiries('1966-09-01', '2024-09-01')).toEqual(['none', '2026-09-01'])
  })

  it('names the doubt', () => {
    expect(expiryCandidates({ dateOfBirth: '2004-02-29', issueDate: '2024-07-02' })[0]?.reasons).toContain('leap-day-birthday')
    expect(expiryCandidates({ dateOfBirth: '1988-02-29', issueDate: '2021-07-02' })[0]?.reasons).toEqual(['next-age'])
    expect(expiryCandidates({ dateOfBirth: '1950', issueDate: '2021-07-02' })[0]?.reasons).toContain('birth-date-incomplete')
  })

  it('has none when the issue lies before the birth', () => expect(expiries('2022-01-01', '2021-12-31')).toEqual([]))

  it.each([
    ['15081990', '2021-05-20'],
    ['1990-02-30', '2021-05-20'],
    ['1990-08-15', '2021'],
    ['1990-08-15', '20/05/2021'],
  ])('is a range error for %s, %s', (dateOfBirth, issueDate) =>
    expect(() => expiryCandidates({ dateOfBirth, issueDate })).toThrow(RangeError),
  )

  it('never gives a card of the past, nor more than two readings', () => {
    const day = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2080-12-31'), noInvalidDate: true })
      .map((one) => one.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, (dateOfBirth, issueDate) => {
        const candidates = expiryCandidates({ dateOfBirth, issueDate })
        expect(candidates.length).toBeLessThanOrEqual(2)
        expect(candidates.length > 0).toBe(issueDate >= dateOfBirth)
        for (const { dateOfExpiry } of candidates) if (dateOfExpiry !== 'none') expect(dateOfExpiry > issueDate).toBe(true)
      }),
    )
  })
})
