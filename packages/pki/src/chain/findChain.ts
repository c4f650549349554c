import type { CryptoPort } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { PkiError } from '../errors.js'
import type { CertificateRole } from '../profile/ProfileCode.js'
import type { StoredCertificate } from '../trust/StoredCertificate.js'
import type { TrustAnchor } from '../trust/TrustAnchor.js'
import type { TrustStore } from '../trust/TrustStore.js'
import type { ChainReason } from './chainReasons.js'
import { type ChainDocument, pathProblem } from './pathProblem.js'

/** A path that was looked at, best one first: from the signer over links to the anchor, and on to who signed that. */
export interface FoundChain {
  readonly status: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: ChainReason
  /** Links that are no anchors themselves, the nearest to the signer first. */
  readonly links: readonly StoredCertificate[]
  readonly anchor?: TrustAnchor
  /** Anchors above the anchor: who signed it when it is a link. */
  readonly above: readonly TrustAnchor[]
  readonly matched?: 'key-identifier' | 'name'
  /** Whether the anchor's own signature was verified. */
  readonly anchorVerified?: boolean
}

export interface FindChainOptions {
  readonly signer: Certificate
  readonly trust: TrustStore
  readonly crypto: CryptoPort
  readonly at: string
  readonly document: ChainDocument
  /** What the signer is used as. */
  readonly role: CertificateRole
}

/** A signer, and the links over it. */
interface Path {
  readonly signer: Certificate
  readonly links: readonly StoredCertificate[]
}

/** The certificate of a path whose issuer is looked for. */
function topOf({ signer, links }: Path): Certificate {
  return links[links.length - 1]?.certificate ?? signer
}

/** Signatures tried per certificate, and links followed. Both are driven by foreign data. */
const maxCandidates = 16
/** Signatures of links tried in one search: their keys are foreign, too, and some cost a thousand times as much as others. */
const maxTrials = 64
const maxDepth = 4

const order = { passed: 0, inconclusive: 1, failed: 2 } as const

/**
 * The best way from a signer to an anchor. Candidates are found by key identifier and by name, and count only when the signature is
 * theirs. Links of the store run forward only: a link is the new key signed by the old one, so the way goes from a certificate to who
 * signed it and never from a key to a certificate that somebody else made over the same key.
 */
export async function findChain(options: FindChainOptions): Promise<FoundChain> {
  return search({ signer: options.signer, links: [] }, options, { seen: new Set(), trials: 0 })
}

interface Search {
  /** Each link is gone up from once: certificates that sign each other in every order would take as many signatures as orders. */
  readonly seen: Set<StoredCertificate>
  trials: number
}

async function search(path: Path, options: FindChainOptions, state: Search): Promise<FoundChain> {
  const direct = await underAnchor(path, options)
  if (direct.status === 'passed' || path.links.length >= maxDepth) return direct
  const { trust, crypto } = options
  const certificate = topOf(path)
  let best = direct
  const candidates = trust.linksAbove(certificate).filter((link) => !state.seen.has(link))
  for (const link of candidates.slice(0, maxCandidates)) {
    if (state.seen.has(link)) continue
    if (++state.trials > maxTrials) break
    const verdict = await trust.verdictOn(certificate, link, crypto)
    if (verdict.status !== 'passed') continue
    state.seen.add(link)
    const found = await search({ ...path, links: [...path.links, link] }, options, state)
    // A link that no anchor vouches for says nothing about the signer.
    if (found.anchor !== undefined && isBetter(found, best)) best = found
  }
  return best
}

/** Passed before anything; and a way to an anchor, with what is wrong on it, tells more than no way. */
function isBetter(found: FoundChain, best: FoundChain): boolean {
  return order[found.status] < order[best.status] || (best.anchor === undefined && best.status === 'inconclusive')
}

/** The anchors that the key identifier names, and, where none of them vouches, those with the issuer's name. */
async function underAnchor(path: Path, options: FindChainOptions): Promise<FoundChain> {
  const { trust } = options
  const certificate = topOf(path)
  const named = trust.anchorsWithKeyIdentifier(certificate.authorityKeyIdentifier)
  const first = await amongAnchors(path, named, 'key-identifier', options)
  if (first.anchor !== undefined) return first
  const tried = new Set(named)
  const others = trust.anchorsNamed(certificate.issuer).filter((anchor) => !tried.has(anchor))
  const second = await amongAnchors(path, others, 'name', options)
  return second.anchor !== undefined || first.reason === 'no-trust-anchor' ? second : first
}

async function amongAnchors(
  path: Path,
  anchors: readonly TrustAnchor[],
  matched: 'key-identifier' | 'name',
  options: FindChainOptions,
): Promise<FoundChain> {
  const { trust, crypto, at } = options
  const certificate = topOf(path)
  const none = { links: path.links, above: [] }
  let best: FoundChain = { status: 'inconclusive', reason: 'no-trust-anchor', ...none }
  for (const anchor of preferred(anchors, at).slice(0, maxCandidates)) {
    const verdict = await trust.verdictOn(certificate, anchor, crypto)
    if (verdict.status === 'passed') {
      const judged = await judge(path, anchor, matched, options)
      if (judged.status === 'passed') return judged
      if (best.anchor === undefined || order[judged.status] < order[best.status]) best = judged
    } else if (best.anchor === undefined) {
      // An algorithm that we cannot compute leaves open what another candidate's wrong signature would decide.
      if (verdict.status === 'inconclusive') best = { status: 'inconclusive', reason: 'unsupported-algorithm', ...none }
      // A name that fits and a key that does not is somebody else, or another key of the same CSCA.
      else if (matched === 'key-identifier' && best.reason === 'no-trust-anchor')
        best = { status: 'failed', reason: verdict.reason ?? 'signature-wrong', ...none }
    }
  }
  return best
}

/** Of several certificates over one key: those valid at the time first, then those that sign themselves. */
function preferred(anchors: readonly TrustAnchor[], at: string): readonly TrustAnchor[] {
  if (anchors.length < 2) return anchors
  const ranked = anchors.map((anchor) => ({ anchor, rank: rankOf(anchor.certificate, at) }))
  return ranked.sort((a, b) => a.rank - b.rank).map(({ anchor }) => anchor)
}

function rankOf(certificate: Certificate, at: string): number {
  try {
    return (certificate.notBefore <= at && at <= certificate.notAfter ? 0 : 2) + (namesItself(certificate) ? 0 : 1)
  } catch (error) {
    if (error instanceof PkiError) return 4
    throw error
  }
}

/** Whether a certificate looks self-signed; a link over the same key names the older one. */
function namesItself({ selfIssued, keyIdentifier, authorityKeyIdentifier }: Certificate): boolean {
  return selfIssued && (authorityKeyIdentifier === undefined || sameIdentifier(keyIdentifier, authorityKeyIdentifier))
}

/** What an anchor whose key verifies is worth. One whose fields cannot be read vouches for nobody. */
async function judge(...given: Parameters<typeof judgePath>): Promise<FoundChain> {
  try {
    return await judgePath(...given)
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return { status: 'failed', reason: 'certificate-malformed', links: given[0].links, above: [] }
  }
}

async function judgePath(
  path: Path,
  anchor: TrustAnchor,
  matched: 'key-identifier' | 'name',
  { trust, crypto, document, role }: FindChainOptions,
): Promise<FoundChain> {
  const above: TrustAnchor[] = []
  let standing = await trust.standingOf(anchor, crypto)
  while (standing.type === 'link' && above.length < maxDepth && !above.includes(standing.signer) && standing.signer !== anchor) {
    above.push(standing.signer)
    standing = await trust.standingOf(standing.signer, crypto)
  }
  const anchorVerified = above.length > 0 || standing.type === 'self-signed'
  const found = { links: path.links, anchor, above, matched, anchorVerified }
  if (standing.type === 'wrong') return { ...found, status: 'failed', reason: 'anchor-wrong' }
  const anchors = [anchor, ...above]
  const authorities = [...path.links, ...anchors].map(({ certificate }) => certificate)
  const scopes = anchors.flatMap((each) => each.scopes)
  const limits = { scopes, document, allowDemo: trust.allowDemo, links: path.links.length, role }
  const problem = pathProblem([path.signer, ...authorities], limits)
  if (problem === undefined) return { ...found, status: 'passed' }
  return { ...found, status: problem === 'anchor-scope' ? 'inconclusive' : 'failed', reason: problem }
}
