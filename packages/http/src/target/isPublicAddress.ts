import ipaddr from 'ipaddr.js'

const globalUnicast = /* @__PURE__ */ ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address lies in the public network: ordinary unicast, no loopback, private, link-local (169.254.169.254 tells secrets
 * of a cloud machine), carrier, multicast, documentation or reserved one. IPv6 addresses that carry an IPv4 one (mapped, NAT64,
 * 6to4, Teredo) are not public: they lead wherever that one does.
 *
 * @example isPublicAddress('::ffff:127.0.0.1') // false
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast)
}
