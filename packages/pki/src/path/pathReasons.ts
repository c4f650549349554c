import type { SignatureReason } from '../certificate/verifySignature.js'
import type { RevocationReason } from '../revocation/RevocationVerdict.js'

/** Why a certification path is not valid, or not known to be. Open: later versions may add some. */
export type PathReason =
  | SignatureReason
  | RevocationReason
  | 'no-trust-anchor'
  | 'search-exhausted'
  | 'certificate-malformed'
  | 'expired'
  | 'not-yet-valid'
  | 'issuer-name-differs'
  | 'name-constraint'
  | 'policy'
  | 'policy-mapping'
  | 'not-a-ca'
  | 'path-too-long'
  | 'key-usage'
  | 'extended-key-usage'
  | 'critical-extension'
  | 'revoked'

/** The clause of RFC 5280 behind each reason, for who has to explain a verdict. */
export const pathClauses: Readonly<Partial<Record<PathReason, string>>> = {
  'signature-wrong': 'RFC 5280, 6.1.3 (a)(1)',
  'algorithm-differs': 'RFC 5280, 4.1.1.2',
  expired: 'RFC 5280, 6.1.3 (a)(2)',
  'not-yet-valid': 'RFC 5280, 6.1.3 (a)(2)',
  revoked: 'RFC 5280, 6.1.3 (a)(3)',
  'issuer-name-differs': 'RFC 5280, 6.1.3 (a)(4)',
  'name-constraint': 'RFC 5280, 6.1.3 (b), (c)',
  policy: 'RFC 5280, 6.1.3 (f), 6.1.5 (g)',
  'policy-mapping': 'RFC 5280, 6.1.4 (a)',
  'not-a-ca': 'RFC 5280, 6.1.4 (k)',
  'path-too-long': 'RFC 5280, 6.1.4 (l)',
  'key-usage': 'RFC 5280, 6.1.4 (n)',
  'extended-key-usage': 'RFC 5280, 4.2.1.12',
  'critical-extension': 'RFC 5280, 6.1.5 (f)',
}
