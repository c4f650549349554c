import type { Check, Finding } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'
import { PkiError } from '../errors.js'
import type { CertificateRole, ProfilePolicy } from '../profile/ProfileCode.js'
import type { RevocationInput } from '../revocation/RevocationInput.js'
import type { RevocationVerdict } from '../revocation/RevocationVerdict.js'
import { revocationPolicyOf } from '../revocation/revocationPolicyOf.js'
import type { TrustSource } from '../trust/TrustSource.js'
import type { TrustStore } from '../trust/TrustStore.js'
import { chainFindings } from './chainFindings.js'
import type { ChainProfile } from './chainProfile.js'
import type { ChainCheckId } from './chainReasons.js'
import type { ChainRevocationOptions } from './chainRevocation.js'
import { checkPin } from './checkPin.js'
import { checkValidity, readInstant } from './checkValidity.js'
import { cscaCheck, withProfile, withRevocation } from './cscaCheck.js'
import { type FoundChain, findChain } from './findChain.js'
import type { ChainDocument } from './pathProblem.js'

export interface VerifyChainOptions {
  /** The document signer: its signature over the document has been verified by the caller. */
  readonly signer: Certificate
  readonly trust: TrustStore
  /** The time of `chain.validity-now` and of the pins: a day or an instant, ISO 8601. */
  readonly at: string
  /** When the document was signed, by the signer's own signed attribute. */
  readonly signingTime?: string | undefined
  /** What the document says of itself. Without a type, an anchor with a scope passes nothing. */
  readonly document?: ChainDocument | undefined
  /** What the signer is used as (default: `document-signer`). A certificate that is for something else fails (Doc 9303-12, 7.1, Table 6). */
  readonly role?: CertificateRole
  /** What is known of revocation, and how much must be (Doc 9303-12, 6.1.2). Absent: nothing is looked at, as with policy `off`. */
  readonly revocation?: RevocationInput | undefined
  /**
   * Which breaches of the certificate profile of Doc 9303-12, 7.1 refuse the signer, a link or the CSCA. Absent: the profile is not looked at.
   * `defaultProfilePolicy` is the one to begin with.
   */
  readonly profile?: ProfilePolicy | undefined
  readonly crypto?: CryptoPort
}

export interface ChainResult {
  readonly checks: readonly Check<ChainCheckId>[]
  /** The signer, links, the CSCA, and who signed that, as far as known. */
  readonly path: readonly CertificateInfo[]
  /** Where the links and CSCAs of the path came from, with when that was signed and loaded. */
  readonly sources: readonly TrustSource[]
  /** What is known of the revocation of the path, the worst of it; absent when nothing was looked at. */
  readonly revocation?: RevocationVerdict
  readonly findings: readonly Finding[]
}

/**
 * Whether a country CA of the trust store vouches for a document signer (Doc 9303-11, 5.1), over link certificates of the store where needed;
 * whether the path is valid now and was at signing; and whether the operator pinned the signer. Three facts that are never mixed:
 * a pin leaves `chain.csca` as it is.
 *
 * `chain.csca` is `failed` when an anchor with the signer's authority key identifier exists and the signature is not its own, when
 * the issuer is no CA or of another country, when the signer's key is for other use than documents, when a list or answer has a certificate of the path revoked (one out of force: before `at`, and for
 * good); `inconclusive` with `no-trust-anchor`, `anchor-scope`, `unsupported-algorithm`, or `revocation-unknown` where revocation data is required.
 * Nothing bad in a certificate throws; RangeError for times and a revocation policy that are none.
 *
 * @example
 * const { checks } = await verifyChain({ signer, trust, at: '2026-01-31', document: { country: 'VNM', type: 'ID' } })
 * checkOf({ checks }, 'chain.csca').status // 'passed' | 'failed' | 'inconclusive'
 */
export async function verifyChain(options: VerifyChainOptions): Promise<ChainResult> {
  const { signer, trust, document = {}, role = 'document-signer' } = options
  const at = readInstant(options.at, 'at')
  const policy = revocationPolicyOf(options.revocation)
  const signingTime = options.signingTime === undefined ? undefined : readInstant(options.signingTime, 'signingTime')
  try {
    const info = describeCertificate(signer)
    const crypto = options.crypto ?? trust.crypto
    const found = await findChain({ signer, trust, crypto, at, document, role })
    const valid = [
      signer,
      ...(found.status === 'passed' && found.anchor ? [...found.links, found.anchor] : []).map(({ certificate }) => certificate),
    ]
    const { revocation: input } = options
    const looked = input !== undefined && policy !== 'off' && found.status === 'passed'
    const revocation = looked ? await revocationOf({ signer, found, trust, revocation: input, at, crypto }) : undefined
    const profile = options.profile === undefined ? undefined : await profileOf(signer, role, found, options.profile)
    const authorities = [...found.links, ...(found.anchor === undefined ? [] : [found.anchor, ...found.above])]
    const named = new Set(authorities.flatMap(({ sources }) => sources))
    return {
      checks: [
        withProfile(withRevocation(cscaCheck(found, signer, trust), revocation, policy), profile),
        signingTime === undefined
          ? { id: 'chain.validity-at-signing', status: 'inconclusive', reason: 'no-signing-time' }
          : checkValidity('chain.validity-at-signing', valid, signingTime),
        checkValidity('chain.validity-now', valid, at),
        checkPin(signer, trust, at, document),
      ],
      path: [info, ...authorities.map((authority) => authority.info)],
      sources: trust.sources.filter(({ name }) => named.has(name)),
      ...(revocation && { revocation }),
      findings: [
        ...chainFindings(signer, found, document, signingTime),
        ...(profile?.findings ?? []),
        ...(revocation?.status === 'unknown'
          ? [
              {
                code: 'revocation-unknown',
                severity: 'warning' as const,
                field: 'signer',
                data: { reason: revocation.reason ?? '' },
              },
            ]
          : []),
      ],
    }
  } catch (error) {
    if (error instanceof PkiError) return malformed()
    throw error
  }
}

/** Loaded by who looks at revocation. */
async function revocationOf(options: ChainRevocationOptions): Promise<RevocationVerdict> {
  const { chainRevocation } = await import('../later.js')
  return chainRevocation(options)
}

/** Loaded by who looks at the profile. */
async function profileOf(
  signer: Certificate,
  role: CertificateRole,
  found: FoundChain,
  policy: ProfilePolicy,
): Promise<ChainProfile> {
  const { chainProfile } = await import('../later.js')
  return chainProfile(signer, role, found, policy)
}

/** A signer, or a certificate above it, whose fields cannot be read: nothing passes. */
function malformed(): ChainResult {
  const failed = { status: 'failed', reason: 'certificate-malformed' } as const
  return {
    checks: [
      { id: 'chain.csca', ...failed },
      { id: 'chain.validity-at-signing', ...failed },
      { id: 'chain.validity-now', ...failed },
      { id: 'signer.pinned', ...failed },
    ],
    path: [],
    sources: [],
    findings: [],
  }
}
