import { HttpError } from '../errors.js'
import type { CompletePolicy } from '../OutboundPolicy.js'
import { isPublicAddress } from './isPublicAddress.js'
import type { Target } from './Target.js'

/** Names that resolvers keep to the machine or the local network (RFC 6761, RFC 6762, RFC 9476 and custom of clouds). */
const localNames = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp', 'private', 'alt', 'onion', 'home.arpa']

/** Holds a target against the policy, as far as its text goes; a name's addresses are checked where they are known. @throws HttpError `HTTP_REFUSED` */
export function checkTarget(target: Target, policy: CompletePolicy): void {
  const { scheme, host, port } = target
  if (!policy.schemes.includes(scheme)) throw refused('scheme', host)
  if (!policy.ports.includes(port)) throw refused('port', host)
  if (policy.deniedHosts.some((entry) => covers(entry, host))) throw refused('host', host)
  if (!policy.hosts.some((entry) => covers(entry, host))) throw refused('host', host)
  if (policy.allowPrivateAddresses) return
  if (target.isAddress ? !isPublicAddress(host) : isLocalName(host)) throw refused('address', host)
}

export function refused(reason: 'scheme' | 'port' | 'host' | 'address', host: string): HttpError {
  return new HttpError('HTTP_REFUSED', 'the policy does not let this request out', { params: { reason, host } })
}

/** `.gov.vn` covers the domain and all below it, `.` everything; a name covers itself. */
function covers(entry: string, host: string): boolean {
  const wanted = entry.toLowerCase()
  if (wanted === '.') return true
  return wanted.startsWith('.') ? host === wanted.slice(1) || host.endsWith(wanted) : host === wanted
}

function isLocalName(host: string): boolean {
  return !host.includes('.') || localNames.some((name) => host.endsWith(`.${name}`))
}
