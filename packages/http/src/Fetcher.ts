/** A request that leaves the machine. */
export interface OutboundRequest {
  /** Absolute, `http://` or `https://`, ASCII. */
  readonly url: string
  /** Default: GET, or POST where there is a body. */
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Media types that the answer may have, in small letters (default: any). */
  readonly accept?: readonly string[]
  /** Largest body taken, in bytes; never more than the policy allows. */
  readonly maxBytes?: number
  /** Milliseconds for all of it, redirects included; never more than the policy allows. */
  readonly deadline?: number
  readonly signal?: AbortSignal | undefined
}

/** What came back, whatever its status. */
export interface OutboundResponse {
  readonly status: number
  /** Where it came from, after redirects. */
  readonly url: string
  /** Without parameters, in small letters. */
  readonly mediaType?: string
  readonly body: Uint8Array
}

/**
 * The one way out: packages that need something from the network take a `Fetcher` and have none of their own.
 * `nodeFetcher` of `@cccd/http/node` and `webFetcher` are two; a test hands in a third.
 */
export interface Fetcher {
  /** @throws HttpError when no answer came that the policy lets through */
  fetch(request: OutboundRequest): Promise<OutboundResponse>
}
