import { CccdError } from '@cccd/core'
import type { Fetcher, OutboundRequest, OutboundResponse } from '@cccd/http'
import type { RevocationCache } from './RevocationCache.js'
import type { RevocationMaterial, RevocationMiss, RevocationMissReason } from './RevocationMaterial.js'

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
}

export interface Obtained {
  readonly material?: RevocationMaterial
  readonly miss?: RevocationMiss
  /** Signed by somebody known, and not due to be asked for again: no other place need be asked. */
  readonly settled?: boolean
}

/** After a day, in milliseconds, a list is asked for again although its next update is far: one that revokes may have come before its time. */
const longestPeriod = 86_400_000

/** From the cache while it need not be asked for again, else from the network, else from the cache all the same, marked stale. */
export async function obtain(options: ObtainOptions): Promise<Obtained> {
  const { type, key, request, cache, at, fetcher } = options
  const { url } = request
  const known = await cache.get(key)
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
  const got = await cache.once(`${at} ${key}`, () => ask(fetcher, options))
  return 'material' in got ? got : missed(got.reason, got.code)
}

type Asked =
  | { readonly material: RevocationMaterial; readonly settled: boolean }
  | { readonly reason: RevocationMissReason; readonly code?: string }

async function ask(fetcher: Fetcher, options: ObtainOptions): Promise<Asked> {
  const { type, key, request, read, cache, at } = options
  const failed = (reason: RevocationMissReason, code?: string): Asked => {
    cache.noteFailure(key, at)
    return { reason, ...(code !== undefined && { code }) }
  }
  let response: OutboundResponse
  try {
    response = await fetcher.fetch(request)
  } catch (error) {
    if (CccdError.is(error)) return failed('no-answer', error.code)
    throw error
  }
  if (response.status !== 200) return failed('http-status')
  const outcome = await read(response.body)
  if (!outcome.ok) return failed(outcome.reason)
  const { keep, expires: until } = outcome
  const latest = `${new Date(Date.parse(at) + longestPeriod).toISOString().slice(0, 19)}Z`
  const expires = until !== undefined && until < latest ? until : latest
  // Bytes that nobody known has signed may be anybody's: kept, they would keep out the right ones.
  if (keep) await cache.set(key, { bytes: response.body, fetchedAt: at, expires })
  return { material: { type, bytes: response.body, url: request.url, fetchedAt: at, from: 'network' }, settled: keep }
}
