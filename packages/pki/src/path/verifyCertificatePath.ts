import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'
import { readInstant } from '../chain/checkValidity.js'
import { PkiError } from '../errors.js'
import type { RevocationInput } from '../revocation/RevocationInput.js'
import type { RevocationVerdict } from '../revocation/RevocationVerdict.js'
import { revocationPolicyOf } from '../revocation/revocationPolicyOf.js'
import { PathContext } from './PathContext.js'
import type { PathReason } from './pathReasons.js'
import { searchPath } from './searchPath.js'
import type { PathRequirements, PathVerdict } from './validatePath.js'

export interface VerifyCertificatePathOptions extends PathRequirements {
  readonly certificate: Certificate
  /** Who is trusted. None: nothing passes. */
  readonly anchors: readonly Certificate[]
  /** Certificates that came along or lie about; nobody vouches for them. */
  readonly certificates?: readonly Certificate[]
  /** The time of validity and of revocation: day or instant, ISO 8601. */
  readonly at: string
  /** What is known of revocation and how much must be. Absent: nothing is looked at, as with policy `off`. */
  readonly revocation?: RevocationInput
  readonly crypto?: CryptoPort
}

/** The best path that was found, and why it is what it is. Plain data. */
export interface CertificatePathResult {
  readonly status: PathVerdict['status']
  readonly reason?: PathReason
  readonly clause?: string
  /** Which certificate of {@link path}: 0 is the target. */
  readonly position?: number
  readonly policies: readonly string[]
  /** The target first, the anchor last. Empty when no way to an anchor was found. */
  readonly path: readonly CertificateInfo[]
  /** For each certificate of the path but the anchor, in its order; empty when nothing was looked at. */
  readonly revocation: readonly RevocationVerdict[]
}

/**
 * Builds and validates a path from a certificate to one of the anchors (RFC 5280 6.1, RFC 4158), over any bag of certificates, and asks what
 * is known of the revocation of each certificate in it. The search is bounded in depth, ways and signatures.
 *
 * `inconclusive` is `no-trust-anchor`, `unsupported-algorithm`, `search-exhausted`, or with `revocation.policy: 'require'` a reason why
 * revocation is not known.
 *
 * @throws RangeError for a time or revocation policy that is none. Nothing bad in a certificate throws.
 * @example
 * const { status, reason } = await verifyCertificatePath({
 *   certificate, anchors: [root], certificates: bag, at: '2026-01-31', revocation: { lists, policy: 'require' },
 * })
 */
export async function verifyCertificatePath(options: VerifyCertificatePathOptions): Promise<CertificatePathResult> {
  const { certificate, anchors, certificates = [], revocation } = options
  const policy = revocationPolicyOf(revocation)
  const context = new PathContext({
    anchors,
    certificates,
    lists: revocation?.lists ?? [],
    responses: revocation?.responses ?? [],
    at: readInstant(options.at, 'at'),
    crypto: options.crypto ?? (await loadCrypto()),
  })
  const found = await searchPath(certificate, context, { requirements: options, policy })
  const { path, anchor, verdict } = found
  return {
    ...verdict,
    path: anchor === undefined ? [] : described([...path, anchor]),
    revocation: found.revocation,
  }
}

/** A path that failed for a certificate that cannot be read is not described. */
function described(path: readonly Certificate[]): CertificateInfo[] {
  try {
    return path.map(describeCertificate)
  } catch (error) {
    if (error instanceof PkiError) return []
    throw error
  }
}
