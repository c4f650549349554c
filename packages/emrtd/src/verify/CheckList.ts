import { type Check, type CheckData, type CheckStatus, checkOf, type Finding } from '@cccd/core'
import type { CheckId } from './VerificationReport.js'

/** A check as the verifier writes it down: absent parts are left out of the record. */
export function check(id: CheckId, status: CheckStatus, reason?: string, data?: CheckData): Check<CheckId> {
  if (reason === undefined) return data === undefined ? { id, status } : { id, status, data }
  return data === undefined ? { id, status, reason } : { id, status, reason, data }
}

/** The evidence collected so far. A check may stand only on checks that are in it. */
export class CheckList {
  readonly checks: Check<CheckId>[] = []
  readonly findings: Finding[] = []

  add(...checks: readonly Check<CheckId>[]): void {
    this.checks.push(...checks)
  }

  statusOf(id: CheckId): CheckStatus {
    return checkOf(this, id).status
  }

  passed(id: CheckId): boolean {
    return this.statusOf(id) === 'passed'
  }
}
