/** Where requests may go and what may come back. Every redirect is held against it again. */
export interface OutboundPolicy {
  /** Default: `https` alone. Revocation lists and OCSP are published over `http`: their signature protects them. */
  readonly schemes?: readonly ('http' | 'https')[]
  /** Hosts that may be asked: a name, or a domain and all below it with a dot in front (`.gov.vn`). Default: any public one. */
  readonly hosts?: readonly string[]
  /** Hosts that may not, in the same form; stronger than `hosts`. */
  readonly deniedHosts?: readonly string[]
  /** Default: 80 and 443. */
  readonly ports?: readonly number[]
  /** Loopback, private, link-local and other addresses that are not of the public network (default false). */
  readonly allowPrivateAddresses?: boolean
  /** Default 3. Only GET is redirected, and never from https to http. */
  readonly maxRedirects?: number
  /** Default 16 MiB. */
  readonly maxBytes?: number
  /** Milliseconds for a whole request (default 15,000). */
  readonly deadline?: number
}

export type CompletePolicy = Required<OutboundPolicy>

/** A policy with its defaults. @throws RangeError for limits that are none */
export function completePolicy(policy: OutboundPolicy = {}): CompletePolicy {
  const complete: CompletePolicy = {
    schemes: policy.schemes ?? ['https'],
    hosts: policy.hosts ?? ['.'],
    deniedHosts: policy.deniedHosts ?? [],
    ports: policy.ports ?? [80, 443],
    allowPrivateAddresses: policy.allowPrivateAddresses ?? false,
    maxRedirects: policy.maxRedirects ?? 3,
    maxBytes: policy.maxBytes ?? 16_777_216,
    deadline: policy.deadline ?? 15_000,
  }
  for (const name of ['maxRedirects', 'maxBytes', 'deadline'] as const) {
    const least = name === 'maxRedirects' ? 0 : 1
    if (!Number.isSafeInteger(complete[name]) || complete[name] < least || complete[name] > 0x7fffffff)
      throw new RangeError(`${name} must be a whole number from ${least}`)
  }
  return complete
}
