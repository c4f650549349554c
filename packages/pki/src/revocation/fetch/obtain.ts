import type { Fetcher, OutboundRequest } from '@cccd/http'
import { askHost } from '../../fetch/askHost.js'
import type { Errand } from '../../fetch/Errand.js'
import type { RevocationCache } from './RevocationCache.js'
import type { RevocationMaterial, RevocationMiss, RevocationMissReason } from './RevocationMaterial.js'
import type { SharedRequest } from './SharedRequests.js'

/** What came from an address, read: whether it is worth keeping, and until when it need not be asked for again. */
export type ReadOutcome =
  | { readonly ok: true; readonly keep: boolean; readonly expires?: string | undefined }
  | { readonly ok: false; readonly reason: RevocationMissReason }

export interface ObtainOptions {
  readonly type: 'crl' | 'ocsp'
  readonly key: string
  readonly request: OutboundRequest
  readonly read: (bytes: Uint8Array) => Promise<ReadOutcome>
  readonly fetcher: Fetcher | undefined
  readonly cache: RevocationCache
  readonly at: string
  readonly errand: Errand
}

export interface Obtained {
  readonly material?: RevocationMaterial
  readonly miss?: RevocationMiss
  /** Signed by somebody known, and not due to be asked for again: no other place need be asked. */
  readonly settled?: boolean
}

/** After a day, in milliseconds, a list is asked for again although its next update is far: one that revokes may have come before its time. */
const longestPeriod = 86_400_000

/**
 * From the cache while it need not be asked for again, else from the network, else from the cache all the same, marked stale.
 * @throws HttpError `HTTP_ABORTED`
 */
export async function obtain(options: ObtainOptions): Promise<Obtained> {
  const { type, key, request, cache, at, fetcher, errand } = options
  const { url } = request
  const known = cache.remembered(key) ?? (await errand.within(cache.get(key), undefined))
  const fromCache = (from: 'cache' | 'stale'): Pick<Obtained, 'material'> =>
    known === undefined ? {} : { material: { type, bytes: known.bytes, url, fetchedAt: known.fetchedAt, from } }
  if (known !== undefined && known.fetchedAt <= at && at < known.expires) return { ...fromCache('cache'), settled: true }
  const missed = (reason: RevocationMissReason, code?: string): Obtained => ({
    ...fromCache('stale'),
    miss: { type, reason, ...(code !== undefined && { code }), url },
  })
  if (!/^https?:\/\//i.test(url)) return missed('scheme')
  if (fetcher === undefined) return missed('offline')
  if (cache.failedLately(key, at)) return missed('failed-lately')
  if (errand.isLate) return missed('out-of-time')
  if (!errand.maySend()) return missed('request-limit')
  const shared = `${at} ${key}`
  const got = await errand.orLate(
    cache.share(shared, errand, (own) => ask(fetcher, options, own)),
    undefined,
  )
  if (got !== undefined) return 'material' in got ? got : missed(got.reason, got.code)
  // Else every call would wait as long for a host that is silent. Who still waits may yet have an answer.
  if (!cache.isShared(shared)) cache.noteFailure(key, at)
  return missed('out-of-time')
}

type Asked =
  | { readonly material: RevocationMaterial; readonly settled: boolean }
  | { readonly reason: RevocationMissReason; readonly code?: string }

async function ask(fetcher: Fetcher, options: ObtainOptions, shared: SharedRequest): Promise<Asked> {
  const { type, key, request, read, cache, at, errand } = options
  const failed = (reason: RevocationMissReason, code?: string): Asked => {
    if (!shared.abandoned) cache.noteFailure(key, at)
    return { reason, ...(code !== undefined && { code }) }
  }
  const answer = await askHost(fetcher, { ...request, deadline: errand.requestDeadline }, shared.deadline)
  if (!answer.ok) return failed(answer.reason, answer.code)
  const { body: bytes } = answer
  const outcome = await read(bytes)
  if (!outcome.ok) return failed(outcome.reason)
  const { keep, expires: until } = outcome
  const latest = `${new Date(Date.parse(at) + longestPeriod).toISOString().slice(0, 19)}Z`
  const expires = until !== undefined && until < latest ? until : latest
  // Bytes that nobody known has signed may be anybody's: kept, they would keep out the right ones.
  if (keep && !shared.abandoned) await cache.set(key, { bytes, fetchedAt: at, expires })
  return { material: { type, bytes, url: request.url, fetchedAt: at, from: 'network' }, settled: keep }
}
