import { type DhGroupName, dhGroupNames } from '../port.js'
import { dhGroupTable } from './dhGroupTable.js'

/** DomainParameters of X9.42 (RFC 3279 2.3.3), or DHParameter of PKCS #3, which has no q. */
export interface ExplicitDhGroup {
  readonly p: bigint
  readonly g: bigint
  readonly q?: bigint
}

/**
 * The named group that explicit parameters are, or undefined. All that are given must be equal. The order may be missing: prime and
 * generator determine it.
 * @example matchDhGroup({ p, g }) // 'rfc5114-1024-160'
 */
export function matchDhGroup({ p, g, q }: ExplicitDhGroup): DhGroupName | undefined {
  return dhGroupNames.find((name) => {
    const known = dhGroupTable[name]
    return p === known.p && g === known.g && (q === undefined || q === known.q)
  })
}
