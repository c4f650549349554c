import type { Check, CheckData, CheckStatus, Finding } from '@cccd/core'
import type { CheckId } from './VerificationReport.js'

/** A check as the verifier writes it down: absent parts are left out of the record. */
export function check(id: CheckId, status: CheckStatus, reason?: string, data?: CheckData): Check<CheckId> {
  return { id, status, ...(reason === undefined ? {} : { reason }), ...(data === undefined ? {} : { data }) }
}

/** The evidence collected so far. A check may stand only on checks that are in it. */
export class CheckList {
  readonly checks: Check<CheckId>[] = []
  readonly findings: Finding[] = []

  add(...checks: readonly Check<CheckId>[]): void {
    this.checks.push(...checks)
  }

  statusOf(id: CheckId): CheckStatus {
    return this.checks.find((entry) => entry.id === id)?.status ?? 'not-performed'
  }

  passed(id: CheckId): boolean {
    return this.statusOf(id) === 'passed'
  }
}
