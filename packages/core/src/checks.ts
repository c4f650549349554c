/** What became of one check. `not-supported`: an authentic list says the chip lacks it; `not-performed`: nobody tried. */
export type CheckStatus = 'passed' | 'failed' | 'inconclusive' | 'not-supported' | 'not-performed'

export const checkStatuses: readonly CheckStatus[] = ['passed', 'failed', 'inconclusive', 'not-supported', 'not-performed']

/** Facts that belong to a check: algorithms, names of certificates, times. Never personal, never a hash of a data group. */
export type CheckData = Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>

/** One fact about a document, a chip or a chain. Plain data. */
export interface Check<Id extends string = string> {
  readonly id: Id
  readonly status: CheckStatus
  readonly reason?: string
  readonly data?: CheckData
}

/** The check with an id; one that is absent is `not-performed`. */
export function checkOf<Id extends string>(report: { readonly checks: readonly Check[] }, id: Id): Check<Id> {
  for (const check of report.checks) if (check.id === id) return check as Check<Id>
  return { id, status: 'not-performed' }
}
