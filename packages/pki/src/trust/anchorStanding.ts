import type { CryptoPort } from '@cccd/crypto'
import { sameIdentifier } from '../certificate/extensions.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import type { SignatureReason } from '../certificate/verifySignature.js'
import type { CertificateIndex } from './CertificateIndex.js'
import type { KeyCache } from './KeyCache.js'
import type { StoredCertificate } from './StoredCertificate.js'
import type { TrustAnchor } from './TrustAnchor.js'

/**
 * Who signed a certificate of a trust store: itself, another one there (then it is a link), nobody that is known here, or what its key
 * identifier names although the signature is not that key's.
 */
export type AnchorStanding<Kept extends StoredCertificate = TrustAnchor> =
  | { readonly type: 'self-signed' }
  | { readonly type: 'link'; readonly signer: Kept; readonly matched: 'key-identifier' | 'name' }
  | { readonly type: 'no-signer' }
  | { readonly type: 'wrong'; readonly reason: SignatureReason }
  | { readonly type: 'unsupported' }

/** Signatures tried for one certificate. Real lists need three. */
const maxCandidates = 16

/** Tries the certificate's own key, then those in the pools that its authority key identifier names, then those with its issuer's name. */
export async function anchorStanding<Kept extends StoredCertificate>(
  anchor: Kept,
  pools: readonly CertificateIndex<Kept>[],
  keys: KeyCache,
  crypto: CryptoPort,
): Promise<AnchorStanding<Kept>> {
  const { certificate } = anchor
  const { authorityKeyIdentifier } = certificate
  const named = pools.flatMap((pool) => pool.byKeyIdentifier(authorityKeyIdentifier))
  const alike = pools.flatMap((pool) => pool.byName(certificate.issuer))
  const candidates = new Set([...(certificate.selfIssued ? [anchor] : []), ...named, ...alike])
  let standing: AnchorStanding<Kept> = { type: 'no-signer' }
  for (const candidate of [...candidates].slice(0, maxCandidates)) {
    const verdict = await verifyCertificateSignature(certificate, () => keys.keyOf(candidate.certificate, crypto))
    if (verdict.status === 'passed') {
      if (candidate === anchor) return { type: 'self-signed' }
      return { type: 'link', signer: candidate, matched: named.includes(candidate) ? 'key-identifier' : 'name' }
    }
    // RFC 5280, 4.2.1.1: only who signs itself may leave the authority key identifier out. A link without one would pass for a country CA.
    const isNamed =
      authorityKeyIdentifier === undefined
        ? candidate === anchor
        : sameIdentifier(candidate.certificate.keyIdentifier, authorityKeyIdentifier)
    if (verdict.status === 'inconclusive') standing = { type: 'unsupported' }
    else if (standing.type === 'no-signer' && isNamed) standing = { type: 'wrong', reason: verdict.reason ?? 'signature-wrong' }
  }
  return standing
}
