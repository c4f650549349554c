import type { SignatureReason } from '../certificate/verifySignature.js'

/** Why nothing is known of a certificate's revocation. Open: later versions may add some. */
export type RevocationReason =
  | SignatureReason
  | 'revocation-unknown'
  | 'no-revocation-data'
  | 'revocation-data-stale'
  | 'revocation-data-not-yet-valid'
  | 'revocation-data-scope'
  | 'revocation-data-critical-extension'
  | 'revocation-signer-unknown'
  | 'revocation-signer-not-allowed'
  | 'reasons-not-covered'
  | 'nonce-differs'

/** Reason codes of RFC 5280 5.3.1, by their number. */
export const revocationCodes = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const
export type RevocationCode = Exclude<(typeof revocationCodes)[number], undefined>

/** What is known of one certificate's revocation at an instant. Plain data. */
export interface RevocationVerdict {
  /** `good`: a list or answer in force, by somebody who may say so, does not have it revoked. */
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly reason?: RevocationReason
  readonly source?: 'crl' | 'ocsp'
  /** When it was revoked, ISO 8601 UTC. */
  readonly revokedAt?: string
  readonly code?: RevocationCode
  /** Of the list or answer that decided. */
  readonly thisUpdate?: string
  readonly nextUpdate?: string
}
