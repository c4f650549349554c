import type { CryptoPort } from '@cccd/crypto'
import { fingerprintOf } from './fingerprintOf.js'

/**
 * The SHA-256 of a certificate's DER bytes in lower-case hexadecimal: the name by which signers are pinned.
 * @example certificateFingerprint(certificate, defaultCrypto())
 */
export function certificateFingerprint(certificate: { readonly raw: Uint8Array }, crypto: CryptoPort): string {
  return fingerprintOf(certificate.raw, crypto)
}
