import type { Check, CheckStatus } from '@cccd/core'
import type { CheckId, IssuerConfirmation, ReportSummary } from './VerificationReport.js'

const cloneChecks: readonly string[] = ['aa.signature', 'ca.keys', 'cam.key']

/** The four answers at the top of a report, made of its checks and nothing else. */
export function summarise(
  checks: readonly Check<CheckId>[],
  issuer: IssuerConfirmation,
  filesPresent: readonly string[],
): ReportSummary {
  const statusOf = (id: string): CheckStatus => checks.find((check) => check.id === id)?.status ?? 'not-performed'
  const hashes = filesPresent.map((file) => statusOf(`${file.toLowerCase()}.hash`))
  return {
    issuer,
    integrity: integrity(statusOf('sod.signature'), hashes),
    clone: best(cloneChecks.map(statusOf)),
    expired: statusOf('document.expiry'),
  }
}

/** A signature over hashes of files that nobody has proves nothing about a document. */
function integrity(signature: CheckStatus, hashes: readonly CheckStatus[]): CheckStatus {
  if (signature === 'failed' || hashes.includes('failed')) return 'failed'
  if (signature !== 'passed') return signature
  if (hashes.length === 0) return 'not-performed'
  return hashes.every((status) => status === 'passed') ? 'passed' : 'inconclusive'
}

const preference: readonly CheckStatus[] = ['failed', 'passed', 'inconclusive', 'not-performed', 'not-supported']

function best(statuses: readonly CheckStatus[]): CheckStatus {
  return preference.find((status) => statuses.includes(status)) ?? 'not-performed'
}
