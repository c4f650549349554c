import { type CryptoPort, type DhGroupName, dhGroupNames } from '../port.js'

/** DomainParameters of X9.42 (RFC 3279 2.3.3), or DHParameter of PKCS #3, which has no q. */
export interface ExplicitDhGroup {
  readonly p: bigint
  readonly g: bigint
  readonly q?: bigint
}

/**
 * The named group that explicit parameters are, or undefined. All that are given must be equal. The order may be missing: prime and
 * generator determine it.
 * @param crypto the backend, which knows the groups
 * @example matchDhGroup({ p, g }, crypto) // 'rfc5114-1024-160'
 */
export function matchDhGroup({ p, g, q }: ExplicitDhGroup, crypto: Pick<CryptoPort, 'dhGroup'>): DhGroupName | undefined {
  return dhGroupNames.find((name) => {
    const { prime, generator, order } = crypto.dhGroup(name)
    return p === prime && g === generator && (q === undefined || q === order)
  })
}
