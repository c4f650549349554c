import { type ClientRequest, type IncomingMessage, request as requestOverHttp } from 'node:http'
import { request as requestOverHttps } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { checkContent, tooLarge } from '../checkContent.js'
import type { Deadline } from '../Deadline.js'
import { HttpError } from '../errors.js'
import type { OutboundResponse } from '../Fetcher.js'
import type { DecidedRequest } from '../requestLimits.js'
import { formatTarget, type Target } from '../target/Target.js'

export type ExchangeOutcome =
  | { readonly type: 'answer'; readonly response: OutboundResponse }
  | { readonly type: 'redirect'; readonly location: string | undefined }

export interface ExchangeRequest extends DecidedRequest {
  /** Whether the caller's own headers may go along: never to another host than he named. */
  readonly sameHost: boolean
  readonly authorities: readonly string[] | undefined
}

const redirects: readonly number[] = [301, 302, 303, 307, 308]
const maxHeaderSize = 16_384

/** One request to one of the given addresses and no other. */
export function exchange(
  target: Target,
  addresses: readonly string[],
  decided: ExchangeRequest,
  deadline: Deadline,
): Promise<ExchangeOutcome> {
  const { host } = target
  return new Promise((resolve, reject) => {
    const message = open(target, addresses, decided)
    let forget = (): void => undefined
    const fail = (error: unknown): void => {
      forget()
      message.destroy()
      reject(error instanceof HttpError ? error : broken(host, error))
    }
    message.on('error', fail)
    // Time may be up already: then this fails at once.
    forget = deadline.onEnd(fail)
    message.on('response', (response) => {
      const status = response.statusCode ?? 0
      if (redirects.includes(status)) {
        forget()
        message.destroy()
        resolve({ type: 'redirect', location: response.headers.location })
        return
      }
      read(response, decided, host).then((taken) => {
        forget()
        message.destroy()
        resolve({ type: 'answer', response: { status, url: formatTarget(target), ...taken } })
      }, fail)
    })
    if (!message.destroyed) message.end(decided.body)
  })
}

function open(target: Target, addresses: readonly string[], decided: ExchangeRequest): ClientRequest {
  const { scheme, host, port, path, isAddress } = target
  const { method, headers, body, sameHost, authorities } = decided
  const { accept } = headers
  const own = { 'accept-encoding': 'identity', ...(accept !== undefined && { accept }) }
  const options = {
    host,
    port,
    path,
    method,
    // A fresh connection each time: none that was opened for another policy is used again.
    agent: false,
    lookup: pinned(addresses),
    maxHeaderSize,
    headers: { ...(sameHost ? headers : own), ...(body !== undefined && { 'content-length': body.length }) },
  }
  if (scheme === 'http') return requestOverHttp(options)
  return requestOverHttps({
    ...options,
    ...(isAddress ? {} : { servername: host }),
    // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    rejectUnauthorized: true,
    ...(authorities !== undefined && { ca: [...authorities] }),
  })
}

/** Answers every look-up of the connection with the addresses that were checked. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return (_name, { all: wantsAll }, callback) => {
    const [first] = all
    if (wantsAll === true || first === undefined) callback(null, all)
    else callback(null, first.address, first.family)
  }
}

async function read(
  response: IncomingMessage,
  { accept, maxBytes }: ExchangeRequest,
  host: string,
): Promise<Pick<OutboundResponse, 'mediaType' | 'body'>> {
  const { headers } = response
  const mediaType = checkContent(
    {
      contentType: headers['content-type'],
      contentEncoding: headers['content-encoding'],
      contentLength: headers['content-length'],
    },
    { accept, maxBytes, host, ok: response.statusCode === 200 },
  )
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response) {
    const bytes = part as Uint8Array
    length += bytes.length
    if (length > maxBytes) throw tooLarge(host, maxBytes)
    parts.push(bytes)
  }
  if (!response.complete) throw broken(host, undefined)
  const body = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    body.set(part, at)
    at += part.length
  }
  return { ...(mediaType !== undefined && { mediaType }), body }
}

function broken(host: string, cause: unknown): HttpError {
  return new HttpError('HTTP_CONNECTION', 'no whole answer from the host', { params: { host }, cause })
}
