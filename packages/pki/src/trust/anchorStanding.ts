import type { CryptoPort } from '@cccd/crypto'
import { sameIdentifier } from '../certificate/extensions.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import type { SignatureReason } from '../certificate/verifySignature.js'
import type { AnchorIndex } from './AnchorIndex.js'
import type { KeyCache } from './KeyCache.js'
import type { TrustAnchor } from './TrustAnchor.js'

/**
 * Who signed an anchor: itself, another anchor (then it is a link), nobody that is known here, or what its key identifier
 * names although the signature is not that key's.
 */
export type AnchorStanding =
  | { readonly type: 'self-signed' }
  | { readonly type: 'link'; readonly signer: TrustAnchor; readonly matched: 'key-identifier' | 'name' }
  | { readonly type: 'no-signer' }
  | { readonly type: 'wrong'; readonly reason: SignatureReason }
  | { readonly type: 'unsupported' }

/** Signatures tried for one certificate. Real lists need three. */
const maxCandidates = 16

/** Tries the anchor's own key, then the anchors that its authority key identifier names, then those with its issuer's name. */
export async function anchorStanding(
  anchor: TrustAnchor,
  index: AnchorIndex,
  keys: KeyCache,
  crypto: CryptoPort,
): Promise<AnchorStanding> {
  const { certificate } = anchor
  const { authorityKeyIdentifier } = certificate
  const named = index.byKeyIdentifier(authorityKeyIdentifier)
  const candidates = new Set([...(certificate.selfIssued ? [anchor] : []), ...named, ...index.byName(certificate.issuer)])
  let standing: AnchorStanding = { type: 'no-signer' }
  for (const candidate of [...candidates].slice(0, maxCandidates)) {
    const verdict = await verifyCertificateSignature(certificate, () => keys.keyOf(candidate.certificate, crypto))
    if (verdict.status === 'passed') {
      if (candidate === anchor) return { type: 'self-signed' }
      return { type: 'link', signer: candidate, matched: named.includes(candidate) ? 'key-identifier' : 'name' }
    }
    if (verdict.status === 'inconclusive') standing = { type: 'unsupported' }
    else if (standing.type === 'no-signer' && sameIdentifier(candidate.certificate.keyIdentifier, authorityKeyIdentifier))
      standing = { type: 'wrong', reason: verdict.reason ?? 'signature-wrong' }
  }
  return standing
}
