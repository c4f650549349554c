/** A certificate that a host gave as that of an issuer, and whence. Plain data: kept beside a verdict, it lets the verdict be made again. */
export interface IssuerMaterial {
  /** DER. */
  readonly bytes: Uint8Array
  /** The address that a certificate states. */
  readonly url: string
}

/** Why an issuer was not found. Open: later versions may add some. */
export type IssuerMissReason =
  | 'no-address'
  | 'scheme'
  | 'no-answer'
  | 'http-status'
  | 'malformed'
  | 'not-the-issuer'
  | 'self-signed'
  | 'out-of-time'
  | 'request-limit'
  | 'certificate-limit'
  | 'depth-limit'

/** What could not be had. */
export interface IssuerMiss {
  readonly reason: IssuerMissReason
  /** Code of the error behind it, such as `HTTP_REFUSED`. */
  readonly code?: string
  readonly url?: string
}
