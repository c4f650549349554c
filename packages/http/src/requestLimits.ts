import { assertBytes } from '@cccd/core'
import type { OutboundRequest } from './Fetcher.js'
import type { CompletePolicy } from './OutboundPolicy.js'

/** A request with everything decided. */
export interface DecidedRequest {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly accept: readonly string[]
  readonly maxBytes: number
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const headerValue = /^[\x20-\x7e]*$/
/** Set here and by nobody else: they say where a message ends, to whom it goes and how it is packed. */
const ownHeaders = ['host', 'content-length', 'transfer-encoding', 'connection', 'accept-encoding', 'expect', 'upgrade', 'te']

/** @throws TypeError, RangeError for a request that is none */
export function decideRequest(request: OutboundRequest, policy: CompletePolicy): DecidedRequest {
  const { body, accept = [], signal } = request
  if (body !== undefined) assertBytes(body, 'body')
  const method = request.method ?? (body === undefined ? 'GET' : 'POST')
  if (method === 'GET' && body !== undefined) throw new TypeError('a GET has no body')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const small = name.toLowerCase()
    if (!headerName.test(name) || !headerValue.test(value) || ownHeaders.includes(small))
      throw new TypeError('headers must be plain texts, and none that the fetcher sets')
    headers[small] = value
  }
  return {
    method,
    headers: { ...(accept.length > 0 && { accept: accept.join(', ') }), ...headers, 'accept-encoding': 'identity' },
    ...(body !== undefined && { body }),
    accept,
    maxBytes: Math.min(positive(request.maxBytes, 'maxBytes') ?? policy.maxBytes, policy.maxBytes),
    deadline: Math.min(positive(request.deadline, 'deadline') ?? policy.deadline, policy.deadline),
    ...(signal !== undefined && { signal }),
  }
}

function positive(value: number | undefined, name: string): number | undefined {
  if (value !== undefined && !(Number.isFinite(value) && value > 0)) throw new RangeError(`${name} must be positive`)
  return value
}
