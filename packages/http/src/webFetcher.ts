import { concatBytes } from '@cccd/core'
import { checkContent, tooLarge } from './checkContent.js'
import { Deadline } from './Deadline.js'
import { HttpError } from './errors.js'
import type { Fetcher, OutboundResponse } from './Fetcher.js'
import { type CompletePolicy, completePolicy, type OutboundPolicy } from './OutboundPolicy.js'
import { type DecidedRequest, decideRequest } from './requestLimits.js'
import { checkTarget } from './target/checkTarget.js'
import { followRedirect, notFollowed } from './target/followRedirect.js'
import { formatTarget, parseTarget, type Target } from './target/Target.js'

/** The part of the web's `fetch` that is used. */
export type WebFetch = (url: string, init: WebFetchInit) => Promise<WebResponse>

export interface WebFetchInit {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: Uint8Array<ArrayBuffer>
  readonly redirect: 'manual'
  readonly credentials: 'omit'
  readonly referrerPolicy: 'no-referrer'
  readonly signal?: AbortSignal
}

export interface WebResponse {
  readonly status: number
  readonly type?: string
  readonly headers: { get(name: string): string | null }
  readonly body?: { getReader(): WebReader } | null
  arrayBuffer(): Promise<ArrayBuffer>
}

export interface WebReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
  cancel(): Promise<void>
}

export interface WebFetcherOptions {
  readonly policy?: OutboundPolicy
  /** Default: that of the runtime. */
  readonly fetch?: WebFetch
}

/**
 * A fetcher over the web's `fetch`, for browsers, edge workers and phones. It holds addresses and redirects against the policy by their
 * text; which address a name leads to, only the runtime knows. **On a server take `nodeFetcher`**, which pins the address.
 * Browsers do not show where a redirect leads: there one ends in `HTTP_REDIRECT`.
 *
 * @throws RangeError for a policy that is none
 * @throws HttpError (on fetch) `HTTP_URL`, `HTTP_REFUSED`, `HTTP_CONNECTION`, `HTTP_TIMEOUT`, `HTTP_ABORTED`, `HTTP_REDIRECT`,
 * `HTTP_TOO_LARGE`, `HTTP_CONTENT`, `HTTP_UNAVAILABLE` where the runtime has no fetch
 * @example
 * const fetcher = webFetcher({ policy: { schemes: ['http', 'https'], hosts: ['.gov.vn'] } })
 * const { status, body } = await fetcher.fetch({ url: 'http://ca.gov.vn/crl/VNM.crl', maxBytes: 1_000_000 })
 */
export function webFetcher(options: WebFetcherOptions = {}): Fetcher {
  const policy = completePolicy(options.policy)
  return {
    async fetch(request) {
      const decided = decideRequest(request, policy)
      const target = parseTarget(request.url)
      checkTarget(target, policy)
      const call = options.fetch ?? (globalThis as { fetch?: WebFetch }).fetch
      if (typeof call !== 'function') throw new HttpError('HTTP_UNAVAILABLE', 'this runtime has no fetch: hand one in')
      const deadline = new Deadline(decided.deadline, { signal: decided.signal, host: target.host })
      try {
        deadline.check()
        return await deadline.race(follow(call, target, { decided, policy, deadline }))
      } catch (cause) {
        if (cause instanceof HttpError) throw cause
        throw new HttpError('HTTP_CONNECTION', 'the answer broke off', { params: { host: target.host }, cause })
      } finally {
        deadline.end()
      }
    },
  }
}

interface Context {
  readonly decided: DecidedRequest
  readonly policy: CompletePolicy
  readonly deadline: Deadline
}

async function follow(call: WebFetch, first: Target, context: Context): Promise<OutboundResponse> {
  const { decided, policy, deadline } = context
  let target = first
  for (let redirects = 0; ; redirects++) {
    const response = await ask(call, target, first, context)
    // Where the runtime could not stop the request: nobody waits for what would come next.
    deadline.check()
    if (response.type === 'opaqueredirect') throw notFollowed('hidden', target)
    if (![301, 302, 303, 307, 308].includes(response.status)) return take(response, target, context)
    if (decided.method !== 'GET') throw notFollowed('not-get', target)
    if (redirects === policy.maxRedirects) throw notFollowed('too-many', target)
    target = followRedirect(target, response.headers.get('location') ?? undefined)
    checkTarget(target, policy)
  }
}

async function ask(call: WebFetch, target: Target, first: Target, { decided, deadline }: Context): Promise<WebResponse> {
  const { method, headers, body } = decided
  const { signal } = deadline
  const { accept } = headers
  const sameHost = target.host === first.host && target.port === first.port && target.scheme === first.scheme
  try {
    return await call(formatTarget(target), {
      method,
      // Browsers set the encoding themselves and unpack before anyone counts: the cap below counts what comes out.
      headers: sameHost ? withoutEncoding(headers) : accept === undefined ? {} : { accept },
      ...(body !== undefined && { body: new Uint8Array(body) }),
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(signal !== undefined && { signal }),
    })
  } catch (cause) {
    throw new HttpError('HTTP_CONNECTION', 'no answer from the host', { params: { host: target.host }, cause })
  }
}

function withoutEncoding(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'accept-encoding'))
}

async function take(response: WebResponse, target: Target, { decided, deadline }: Context): Promise<OutboundResponse> {
  const { status, headers } = response
  const { accept, maxBytes } = decided
  const { host } = target
  const mediaType = checkContent(
    {
      contentType: headers.get('content-type') ?? undefined,
      contentEncoding: undefined,
      contentLength: headers.get('content-length') ?? undefined,
    },
    { accept, maxBytes, host, ok: status === 200 },
  )
  const body = await bodyOf(response, { maxBytes, host, deadline })
  return { status, url: formatTarget(target), ...(mediaType !== undefined && { mediaType }), body }
}

async function bodyOf(
  response: WebResponse,
  { maxBytes, host, deadline }: { readonly maxBytes: number; readonly host: string; readonly deadline: Deadline },
): Promise<Uint8Array> {
  const reader = response.body?.getReader?.()
  if (reader === undefined) {
    // Phones without streams: the length was announced and checked, or is checked late.
    const whole = new Uint8Array(await response.arrayBuffer())
    if (whole.length > maxBytes) throw tooLarge(host, maxBytes)
    return whole
  }
  deadline.onEnd(() => {
    reader.cancel().catch(() => undefined)
  })
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concatBytes(...parts)
    if (value === undefined) continue
    length += value.length
    if (length > maxBytes) {
      await reader.cancel()
      throw tooLarge(host, maxBytes)
    }
    parts.push(value)
  }
}
