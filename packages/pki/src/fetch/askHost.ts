import { CccdError } from '@cccd/core'
import type { Deadline, Fetcher, OutboundRequest, OutboundResponse } from '@cccd/http'

export type HostOutcome =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly reason: 'no-answer' | 'http-status'; readonly code?: string }

/** Sends one request to a host that foreign data named: what it gives with status 200, or why there is nothing. */
export async function askHost(fetcher: Fetcher, request: OutboundRequest, deadline: Deadline): Promise<HostOutcome> {
  let response: OutboundResponse
  try {
    response = await deadline.race(fetcher.fetch({ ...request, signal: deadline.signal }))
  } catch (error) {
    if (CccdError.is(error)) return { ok: false, reason: 'no-answer', code: error.code }
    throw error
  }
  const { status, body } = response
  if (status !== 200) return { ok: false, reason: 'http-status' }
  // A fetcher that was handed in may count otherwise.
  if (body.length > (request.maxBytes ?? body.length)) return { ok: false, reason: 'no-answer', code: 'HTTP_TOO_LARGE' }
  return { ok: true, body }
}
