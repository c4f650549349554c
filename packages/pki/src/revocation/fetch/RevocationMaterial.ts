/** A list or an answer as it came, and whence. Plain data: kept beside a verdict, it lets the verdict be made again. */
export interface RevocationMaterial {
  readonly type: 'crl' | 'ocsp'
  /** DER. */
  readonly bytes: Uint8Array
  /** The address that a certificate states. */
  readonly url: string
  /** `at` of the call that fetched it, ISO 8601 UTC. */
  readonly fetchedAt: string
  /** `stale`: from the cache and due to be asked for again, but nothing newer could be had. Past its next update it proves nothing good. */
  readonly from: 'network' | 'cache' | 'stale'
}

/** Why there is nothing from an address. Open: later versions may add some. */
export type RevocationMissReason =
  | 'no-address'
  | 'no-issuer'
  | 'scheme'
  | 'offline'
  | 'no-answer'
  | 'http-status'
  | 'malformed'
  | 'refused-by-responder'
  | 'nonce-differs'
  | 'failed-lately'
  | 'out-of-time'
  | 'request-limit'

/** What could not be had. */
export interface RevocationMiss {
  readonly type: 'crl' | 'ocsp'
  readonly reason: RevocationMissReason
  /** Code of the error behind it, such as `HTTP_REFUSED`. */
  readonly code?: string
  /** Absent where the certificate states none, or time was up before its issuer was known. */
  readonly url?: string
}
