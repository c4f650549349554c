import type { CheckData } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { fingerprintOf } from '../certificate/fingerprintOf.js'
import { authorityRole } from '../chain/chainProfile.js'
import type { FoundChain } from '../chain/findChain.js'
import { countriesAgree, documentTypeProblem, hasUnknownCriticalExtension, isDemo, usageProblem } from '../chain/pathProblem.js'
import type { ChainResult, VerifyChainOptions } from '../chain/verifyChain.js'
import { PkiError } from '../errors.js'
import { checkCertificateProfile } from '../profile/checkCertificateProfile.js'
import type { CertificateRole } from '../profile/ProfileCode.js'
import { scopesCover } from '../trust/anchorScope.js'
import type { StoredCertificate } from '../trust/StoredCertificate.js'
import type { TrustAnchor } from '../trust/TrustAnchor.js'
import type { ExplanationNode } from './ChainExplanation.js'

interface CscaNodesOptions extends VerifyChainOptions {
  readonly crypto: CryptoPort
  readonly found: FoundChain
  readonly result: ChainResult
}

/** As many as a chain is searched among. */
const maxCandidates = 16

/** What `chain.csca` rests on: each certificate of the path with what was asked of it, then what was asked of the whole path. */
export async function cscaNodes(options: CscaNodesOptions): Promise<ExplanationNode[]> {
  const { signer, found, result } = options
  const authorities = found.anchor === undefined ? [] : [found.anchor, ...found.above]
  const nodes: ExplanationNode[] = []
  const below = [{ certificate: signer, sources: [] }, ...found.links]
  for (const [position, { certificate, sources }] of below.entries()) {
    const link = found.links[position]
    const children = link === undefined ? await issuersOf(certificate, options) : [signedByLink(certificate, link, options)]
    const role = position === 0 ? (options.role ?? 'document-signer') : 'csca-link'
    nodes.push(certificateNode({ certificate, role, sources, isProfiled: true }, children, options))
  }
  for (const [position, anchor] of authorities.entries()) {
    const { certificate, sources } = anchor
    // The profile is asked of the anchor that vouches, not of who signed that.
    const use: CertificateUse = { certificate, role: authorityRole(certificate), sources, isProfiled: position === 0 }
    nodes.push(certificateNode(use, [await standingNode(anchor, authorities[position + 1], options)], options))
  }
  // An anchor whose key signed and that cannot be read.
  if (found.anchor === undefined && found.reason === 'certificate-malformed')
    nodes.push({ step: 'authority', status: 'failed', reason: 'certificate-malformed', children: [] })
  if (found.anchor !== undefined) nodes.push(...pathNodes(authorities, options))
  if (result.revocation !== undefined) nodes.push(revocationNode(result, options))
  return nodes
}

type Facts = Pick<CscaNodesOptions, 'crypto'>

interface CertificateUse {
  readonly certificate: Certificate
  readonly role: CertificateRole
  readonly sources: readonly string[]
  /** Whether its profile is one of those that decide. */
  readonly isProfiled: boolean
}

/** What was asked of a certificate. Without a way to an anchor nothing of it decides: what is wrong is told, and stays `not-performed`. */
function certificateNode(
  { certificate, role, sources, isProfiled }: CertificateUse,
  issuers: readonly ExplanationNode[],
  options: CscaNodesOptions,
): ExplanationNode {
  const { crypto, trust, profile, found } = options
  const fingerprint = fingerprintOf(certificate.raw, crypto)
  const otherUse = usageProblem(certificate, role)
  const isAuthority = role === 'csca' || role === 'csca-link'
  const judged = checkCertificateProfile(certificate, { role, policy: profile ?? { fatal: [] } })
  const step = (
    name: ExplanationNode['step'],
    isRight: boolean,
    reason: string,
    clause?: string,
    decides = true,
  ): ExplanationNode => ({
    step: name,
    status: isRight ? 'passed' : decides && found.anchor !== undefined ? 'failed' : 'not-performed',
    ...(!isRight && { reason }),
    ...(clause && { clause }),
    certificate: fingerprint,
    children: [],
  })
  const children = [
    ...issuers,
    step(isAuthority ? 'authority' : 'key-usage', otherUse === undefined, otherUse ?? '', 'Doc 9303-12, 7.1, Table 6'),
    step('critical-extensions', !hasUnknownCriticalExtension(certificate), 'critical-extension', 'RFC 5280, 4.2'),
    ...(isDemo(certificate) ? [step('demo', trust.allowDemo, 'demo-certificate')] : []),
    {
      ...step('profile', judged.fatal.length === 0, 'profile', 'Doc 9303-12, 7.1', isProfiled),
      ...(judged.findings.length > 0 && { findings: judged.findings }),
    },
  ]
  return {
    step: 'certificate',
    status: worstOf(children),
    certificate: fingerprint,
    sources,
    data: { role, subject: certificate.subject.text },
    children,
  }
}

/** Every anchor that may have signed a certificate: by its key identifier, then by name. The one that did passes; the others tell why not. */
async function issuersOf(certificate: Certificate, options: CscaNodesOptions): Promise<ExplanationNode[]> {
  const { trust, crypto, found } = options
  const named = trust.anchorsWithKeyIdentifier(certificate.authorityKeyIdentifier)
  const all = [...(found.anchor === undefined ? [] : [found.anchor]), ...named, ...trust.anchorsNamed(certificate.issuer)]
  const candidates = [...new Set(all)].slice(0, maxCandidates)
  const nodes: ExplanationNode[] = []
  for (const anchor of candidates) {
    const { status, reason } = await trust.verdictOn(certificate, anchor, crypto)
    const matched = named.includes(anchor) ? 'key-identifier' : 'name'
    // Somebody of the same name with another key is no evidence against the certificate; nor is a key that nothing was decided by.
    const decides = found.anchor === undefined && status === found.status && (matched === 'key-identifier' || status !== 'failed')
    const isOther = status !== 'passed' && !decides
    nodes.push({
      step: 'issuer-signature',
      status: isOther ? 'not-performed' : status,
      ...(reason !== undefined && { reason: isOther && status === 'failed' ? 'other-key' : reason }),
      clause: 'RFC 5280, 6.1.3 (a) (1)',
      certificate: fingerprintOf(anchor.raw, crypto),
      sources: anchor.sources,
      data: { matched, ...subjectOf(anchor) },
      children: [],
    })
  }
  if (nodes.some(({ status }) => status !== 'not-performed')) return nodes
  return [
    ...nodes,
    { step: 'issuer-unknown', status: 'inconclusive', reason: 'no-trust-anchor', data: issuerOf(certificate), children: [] },
  ]
}

/** An anchor that is found by its key identifier may have a name that cannot be read. */
function subjectOf({ certificate }: TrustAnchor): CheckData {
  try {
    return { subject: certificate.subject.text }
  } catch (error) {
    if (error instanceof PkiError) return {}
    throw error
  }
}

function signedByLink(
  certificate: Certificate,
  { raw, certificate: link, sources }: StoredCertificate,
  { crypto }: Facts,
): ExplanationNode {
  // A link is on a path only once its key verified the certificate below it.
  return {
    step: 'issuer-signature',
    status: 'passed',
    clause: 'Doc 9303-12, 7.1.1.5',
    certificate: fingerprintOf(raw, crypto),
    sources,
    data: { matched: 'link', subject: link.subject.text, below: certificate.subject.text },
    children: [],
  }
}

/** Who signed an anchor. Its own signature is not what it is trusted for; a wrong one refuses it all the same. */
async function standingNode(
  anchor: TrustAnchor,
  above: TrustAnchor | undefined,
  { trust, crypto }: CscaNodesOptions,
): Promise<ExplanationNode> {
  const { type } = await trust.standingOf(anchor, crypto)
  const signer = type === 'self-signed' ? anchor : above
  return {
    step: 'own-signature',
    status: type === 'wrong' ? 'failed' : type === 'self-signed' || above !== undefined ? 'passed' : 'not-performed',
    ...(type === 'wrong' ? { reason: 'anchor-wrong' } : signer === undefined && { reason: 'anchor-without-signer' }),
    clause: 'Doc 9303-12, 7.1.1.5',
    ...(signer && { certificate: fingerprintOf(signer.raw, crypto), sources: signer.sources }),
    data: { type },
    children: [],
  }
}

function pathNodes(authorities: readonly TrustAnchor[], options: CscaNodesOptions): ExplanationNode[] {
  const { signer, found, document = {} } = options
  const path = [signer, ...[...found.links, ...authorities].map(({ certificate }) => certificate)]
  const scopes = authorities.flatMap((anchor) => anchor.scopes)
  const types = documentTypeProblem(signer, document.type)
  const covered = scopesCover(scopes, document.type)
  const agree = countriesAgree(path, document.country)
  return [
    {
      step: 'country',
      ...(agree ? { status: 'passed' } : { status: 'failed', reason: 'country-differs' }),
      clause: 'Doc 9303-12, 7.1.1',
      data: { countries: path.map(({ country }) => country ?? ''), ...(document.country && { document: document.country }) },
      children: [],
    },
    ...(scopes.length === 0
      ? []
      : [
          {
            step: 'scope' as const,
            ...(covered ? { status: 'passed' as const } : { status: 'inconclusive' as const, reason: 'anchor-scope' }),
            sources: authorities.flatMap(({ sources }) => sources),
            data: { documents: scopes.flatMap(({ documents }) => documents), ...(document.type && { document: document.type }) },
            children: [],
          },
        ]),
    ...(signer.documentTypes === undefined
      ? []
      : [
          {
            step: 'document-types' as const,
            status:
              types === undefined
                ? ('passed' as const)
                : types === 'anchor-scope'
                  ? ('inconclusive' as const)
                  : ('failed' as const),
            ...(types !== undefined && { reason: types }),
            clause: 'Doc 9303-12, 7.1.1.6',
            data: { documents: signer.documentTypes, ...(document.type && { document: document.type }) },
            children: [],
          },
        ]),
    ...(found.links.length === 0
      ? []
      : [
          {
            step: 'path-length' as const,
            ...(found.reason === 'path-too-long'
              ? { status: 'failed' as const, reason: 'path-too-long' }
              : { status: 'passed' as const }),
            clause: 'RFC 5280, 4.2.1.9',
            children: [],
          },
        ]),
  ]
}

function revocationNode({ revocation }: ChainResult, { revocation: input }: CscaNodesOptions): ExplanationNode {
  const { status, reason, source, thisUpdate, revokedAt } = revocation ?? { status: 'unknown' }
  const known = status === 'unknown' ? 'revocation-unknown' : status === 'revoked' ? 'revoked' : undefined
  // What need not be known decides nothing when it is not.
  const unknown = input?.policy === 'require' ? 'inconclusive' : 'not-performed'
  return {
    step: 'revocation',
    status: status === 'revoked' ? 'failed' : status === 'unknown' ? unknown : 'passed',
    ...(known !== undefined && { reason: known }),
    clause: 'Doc 9303-12, 6.1.2',
    data: {
      policy: input?.policy ?? 'off',
      ...(reason && { detail: reason }),
      ...(source && { source }),
      ...(thisUpdate !== undefined && { thisUpdate }),
      ...(revokedAt !== undefined && { revokedAt }),
    },
    children: [],
  }
}

function issuerOf({ issuer }: Certificate): CheckData {
  return { issuer: issuer.text }
}

function worstOf(nodes: readonly ExplanationNode[]): 'passed' | 'failed' | 'inconclusive' {
  if (nodes.some(({ status }) => status === 'failed')) return 'failed'
  return nodes.some(({ status }) => status === 'inconclusive') ? 'inconclusive' : 'passed'
}
