import { lookup as lookUpName } from 'node:dns/promises'
import { Deadline } from '../Deadline.js'
import { HttpError } from '../errors.js'
import type { Fetcher } from '../Fetcher.js'
import { type CompletePolicy, completePolicy, type OutboundPolicy } from '../OutboundPolicy.js'
import { decideRequest } from '../requestLimits.js'
import { checkTarget, refused } from '../target/checkTarget.js'
import { followRedirect, notFollowed } from '../target/followRedirect.js'
import { isPublicAddress } from '../target/isPublicAddress.js'
import { parseTarget, type Target } from '../target/Target.js'
import { exchange } from './exchange.js'
import { Turnstile } from './Turnstile.js'

/** The addresses of a name. */
export type ResolveName = (name: string) => Promise<readonly string[]>

export interface NodeFetcherOptions {
  readonly policy?: OutboundPolicy
  /** Default: the resolver of the machine. */
  readonly resolve?: ResolveName
  /** Certificates (PEM) of authorities that https hosts may have, in place of the ones Node trusts. */
  readonly authorities?: readonly string[]
  /** Requests at the same time; more wait, within their deadlines (default 32). */
  readonly maxConcurrent?: number
}

/**
 * A fetcher for servers. A name is resolved once, every address it has must be of the public network (unless the policy allows
 * others), and the connection goes to that very address: a second answer of the name server (DNS rebinding) changes nothing. Redirects
 * start over from the beginning. Nothing is kept open, unpacked or retried.
 *
 * @throws RangeError for a policy or a number that is none
 * @throws HttpError (on fetch) `HTTP_URL`, `HTTP_REFUSED`, `HTTP_NAME_UNKNOWN`, `HTTP_CONNECTION`, `HTTP_TIMEOUT`, `HTTP_ABORTED`,
 * `HTTP_REDIRECT`, `HTTP_TOO_LARGE`, `HTTP_CONTENT`
 * @example
 * const fetcher = nodeFetcher({ policy: { schemes: ['http', 'https'] } })
 * const { body } = await fetcher.fetch({ url: 'http://ca.gov.vn/crl/VNM.crl', maxBytes: 1_000_000 })
 */
export function nodeFetcher(options: NodeFetcherOptions = {}): Fetcher {
  const policy = completePolicy(options.policy)
  const { resolve = resolveBySystem, authorities, maxConcurrent = 32 } = options
  if (!Number.isSafeInteger(maxConcurrent) || maxConcurrent < 1)
    throw new RangeError('maxConcurrent must be a whole number from 1')
  const turnstile = new Turnstile(maxConcurrent)
  return {
    async fetch(request) {
      const decided = decideRequest(request, policy)
      const first = parseTarget(request.url)
      checkTarget(first, policy)
      const deadline = new Deadline(decided.deadline, { signal: decided.signal, host: first.host })
      const { entered, leave } = turnstile.enter()
      try {
        await deadline.race(entered)
        let target = first
        for (let redirects = 0; ; redirects++) {
          const addresses = await deadline.race(addressesOf(target, policy, resolve))
          const sameHost = target.host === first.host && target.port === first.port && target.scheme === first.scheme
          const outcome = await exchange(target, addresses, { ...decided, sameHost, authorities }, deadline)
          if (outcome.type === 'answer') return outcome.response
          if (decided.method !== 'GET') throw notFollowed('not-get', target)
          if (redirects === policy.maxRedirects) throw notFollowed('too-many', target)
          target = followRedirect(target, outcome.location)
          checkTarget(target, policy)
        }
      } finally {
        deadline.end()
        leave()
      }
    },
  }
}

async function resolveBySystem(name: string): Promise<readonly string[]> {
  return (await lookUpName(name, { all: true })).map(({ address }) => address)
}

/** Where a target may be connected to. One address that is not allowed refuses the name: which one is taken is not ours to choose. */
async function addressesOf(target: Target, policy: CompletePolicy, resolve: ResolveName): Promise<readonly string[]> {
  const { host } = target
  if (target.isAddress) return [host]
  let addresses: readonly string[]
  try {
    addresses = await resolve(host)
  } catch (cause) {
    throw new HttpError('HTTP_NAME_UNKNOWN', 'the name has no address', { params: { host }, cause })
  }
  if (addresses.length === 0) throw new HttpError('HTTP_NAME_UNKNOWN', 'the name has no address', { params: { host } })
  if (!policy.allowPrivateAddresses && !addresses.every(isPublicAddress)) throw refused('address', host)
  return addresses
}
