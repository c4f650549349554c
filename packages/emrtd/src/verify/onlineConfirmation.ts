import { type Check, equalBytes } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { type CheckList, check } from './CheckList.js'
import type { CheckId } from './VerificationReport.js'

/**
 * What the ministry's service answered about this document. The caller's provider has verified who answered; here the answer is only
 * tied to the files it was given for.
 */
export interface IssuerServiceAnswer {
  /** Name of the service or provider. */
  readonly service: string
  /** Whether the service says that the document is genuine. */
  readonly confirmed: boolean
  /** SHA-256 of EF.SOD as it was sent to the service. */
  readonly sodDigest: Uint8Array
  /** ISO 8601 instant of the answer. */
  readonly answeredAt: string
}

/** `online.issuer`. An answer about another security object says nothing about this one: it fails. */
export function onlineIssuerCheck(
  answer: IssuerServiceAnswer,
  sod: Uint8Array | undefined,
  list: CheckList,
  crypto: CryptoPort,
): Check<CheckId> {
  const data = { service: answer.service, answeredAt: answer.answeredAt }
  if (sod === undefined || !equalBytes(crypto.hash('sha256', sod), answer.sodDigest))
    return check('online.issuer', 'failed', 'not-these-files', data)
  // Nothing but true: providers send 'false' and 0 as well.
  if (answer.confirmed !== true) return check('online.issuer', 'inconclusive', 'not-confirmed', data)
  if (!list.passed('sod.signature')) return check('online.issuer', 'inconclusive', 'sod-not-verified', data)
  return check('online.issuer', 'passed', undefined, data)
}
