import type { ProfileCode } from '@cccd/pki/profile'
import type { MatrixAlgorithms } from './matrixAlgorithms.js'

/** Where a defect can be. */
export type MatrixPlace =
  | 'signer'
  | 'csca'
  | 'link'
  | 'master-list-signer'
  | 'deviation-list-signer'
  | 'security-object'
  | 'master-list'
  | 'deviation-list'
  | 'revocation-list'

/** What is verified of a cell; `over a link`: with the former country CA as the only anchor. */
export type MatrixCheck =
  | 'sod.signature'
  | 'chain.csca'
  | 'chain.validity-now'
  | 'chain.csca over a link'
  | 'chain.validity-now over a link'
  | 'master list'
  | 'deviation list'

/** What a verifier must say of a defect. */
export interface MatrixVerdict {
  /** Absent: no check sees it, the certificate profile does. */
  readonly check?: MatrixCheck
  /** `passed`, `passed by name`, or status and reason: `failed: signature-wrong`; why revocation is unknown stands in brackets. */
  readonly says?: string
  /** Codes that Doc 9303-12, 7.1 gives the certificate because of the defect. */
  readonly profile?: readonly ProfileCode[]
}

export interface MatrixDefectEntry {
  /** Algorithms that can have it; absent: all. */
  readonly only?: MatrixAlgorithms
  readonly places: { readonly [Place in MatrixPlace]?: MatrixVerdict }
}
