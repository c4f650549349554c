import type { OcspResponse } from './OcspResponse.js'
import type { RevocationList } from './RevocationList.js'

/**
 * What the absence of revocation data costs: `require` leaves the verdict inconclusive, `prefer` says so in a finding, `off` looks at nothing.
 * What is known to be revoked fails under `require` and `prefer`.
 */
export type RevocationPolicy = 'require' | 'prefer' | 'off'

/** Lists and answers at hand, however they were got; each counts only when its own signature, signer and period say so. */
export interface RevocationInput {
  readonly lists?: readonly RevocationList[]
  readonly responses?: readonly OcspResponse[]
  readonly policy: RevocationPolicy
}
