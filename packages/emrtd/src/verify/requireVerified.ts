import { checkOf } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import type { FileName } from '../lds/fileNames.js'
import type { IdentityFields, IssuerConfirmation, VerificationReport } from './VerificationReport.js'

export interface RequireVerifiedOptions {
  /** Who may vouch for the issuer (default: a country CA or a pinned signer). */
  readonly issuer?: readonly Exclude<IssuerConfirmation, 'unconfirmed'>[]
  /** Whether the chip must be proven not to be a copy (default: false). */
  readonly clone?: boolean
  /** Data groups whose hash must have passed (default: DG1). */
  readonly files?: readonly FileName[]
  /** Whether a document or signer that is past its validity is accepted (default: false). */
  readonly allowExpired?: boolean
}

const issuerChecks = {
  'country-ca': 'chain.csca',
  'pinned-signer': 'signer.pinned',
  'ministry-service': 'online.issuer',
} as const
const expiryChecks: readonly string[] = ['document.expiry', 'chain.validity-now']

/**
 * The proven identity, or an exception: for callers who want one answer. A policy over the checks says more.
 *
 * @throws EmrtdError `NOT_VERIFIED`; `params.lacking` names the checks, separated by commas
 * @throws RangeError when `issuer` or `files` is empty or `issuer` names none: an empty list of requirements proves nothing
 * @example
 * const { personalNumber } = requireVerified(report, { issuer: ['country-ca', 'pinned-signer'], clone: true })
 */
export function requireVerified(report: VerificationReport, options: RequireVerifiedOptions = {}): IdentityFields {
  const { issuer = ['country-ca', 'pinned-signer'], clone = false, files = ['DG1'], allowExpired = false } = options
  if (issuer.length === 0 || issuer.some((wanted) => !Object.hasOwn(issuerChecks, wanted)))
    throw new RangeError(`issuer must name at least one of ${Object.keys(issuerChecks).join(', ')}`)
  if (files.length === 0) throw new RangeError('files must name at least one data group')
  const lacking = new Set<string>()
  const { summary, checks } = report
  if (checkOf(report, 'sod.signature').status !== 'passed') lacking.add('sod.signature')
  for (const file of files)
    if (checkOf(report, `${file.toLowerCase()}.hash`).status !== 'passed') lacking.add(`${file.toLowerCase()}.hash`)
  // The summary names the strongest confirmation; a weaker one that was asked for may stand beside it.
  const confirmed = summary.issuer !== 'unconfirmed'
  if (!issuer.some((wanted) => confirmed && checkOf(report, issuerChecks[wanted]).status === 'passed'))
    for (const wanted of issuer) lacking.add(issuerChecks[wanted])
  if (clone && summary.clone !== 'passed') for (const id of ['aa.signature', 'ca.keys', 'cam.key']) lacking.add(id)
  for (const { id, status, reason } of checks) {
    const mayBe = allowExpired && reason === 'expired' && expiryChecks.includes(id)
    if (status === 'failed' && !mayBe) lacking.add(id)
  }
  // Something was expected of the holder, and the chip does not say it.
  if (checkOf(report, 'document.consistency').reason === 'not-compared') lacking.add('document.consistency')
  if (!allowExpired && summary.expired !== 'passed') lacking.add('document.expiry')
  if (lacking.size > 0)
    throw new EmrtdError('NOT_VERIFIED', 'the document is not proven', { params: { lacking: [...lacking].join(',') } })
  return report.identity
}
