import type { SignatureReason } from '../certificate/verifySignature.js'

/** Reasons of `chain.csca`. Open: later versions may add some. */
export type ChainReason =
  | SignatureReason
  | 'no-trust-anchor'
  | 'anchor-scope'
  | 'anchor-wrong'
  | 'document-type'
  | 'not-a-ca'
  | 'path-too-long'
  | 'key-usage'
  | 'extended-key-usage'
  | 'profile'
  | 'revoked'
  | 'revocation-unknown'
  | 'country-differs'
  | 'critical-extension'
  | 'demo-certificate'
  | 'certificate-malformed'

/** Reasons of `chain.validity-at-signing` and `chain.validity-now`. */
export type ValidityReason = 'expired' | 'not-yet-valid' | 'no-signing-time' | 'certificate-malformed'

/** Reasons of `signer.pinned`. */
export type PinReason =
  | 'none-given'
  | 'not-confirmed'
  | 'pin-withdrawn'
  | 'demo-certificate'
  | 'country-differs'
  | 'document-type'
  | 'certificate-malformed'

/** Checks that {@link verifyChain} gives. */
export type ChainCheckId = 'chain.csca' | 'chain.validity-at-signing' | 'chain.validity-now' | 'signer.pinned'
