import type { SecurityObject } from '../lds/parseSecurityObject.js'
import type { CheckList } from './CheckList.js'
import type { IssuerConfirmation } from './VerificationReport.js'

/** What later checks may stand on. Everything is denied until a check has passed. */
export interface Grounds {
  readonly issuer: IssuerConfirmation
  /** Whether the list of hashes is signed by a confirmed issuer. */
  readonly authenticList: boolean
  /** Whether the list of hashes, signed or not, names a data group. */
  lists(dataGroup: number): boolean
  /** Whether a data group is exactly what a confirmed issuer signed. */
  authentic(dataGroup: number): boolean
}

/**
 * The three facts about the issuer stand apart; any of them confirms it, and the strongest is named. A signer whose certificate had
 * expired when it signed is not confirmed by its country CA.
 */
export function issuerConfirmation(list: CheckList): IssuerConfirmation {
  if (!list.passed('sod.signature')) return 'unconfirmed'
  if (list.passed('chain.csca') && list.statusOf('chain.validity-at-signing') !== 'failed') return 'country-ca'
  if (list.passed('signer.pinned')) return 'pinned-signer'
  return list.passed('online.issuer') ? 'ministry-service' : 'unconfirmed'
}

export function groundsOf(list: CheckList, securityObject: SecurityObject | undefined): Grounds {
  const issuer = issuerConfirmation(list)
  const listed = new Set(securityObject?.dataGroupHashes.map(({ dataGroup }) => dataGroup))
  return {
    issuer,
    authenticList: issuer !== 'unconfirmed',
    lists: (dataGroup) => listed.has(dataGroup),
    authentic: (dataGroup) => issuer !== 'unconfirmed' && list.passed(`dg${dataGroup}.hash`),
  }
}
