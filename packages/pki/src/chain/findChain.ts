import type { CryptoPort } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { comparisonKey } from '../certificate/DistinguishedName.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import type { SignatureReason } from '../certificate/verifySignature.js'
import { PkiError } from '../errors.js'
import { importKey } from '../trust/KeyCache.js'
import type { TrustAnchor } from '../trust/TrustAnchor.js'
import type { TrustStore } from '../trust/TrustStore.js'
import type { ChainReason } from './chainReasons.js'
import { type ChainDocument, pathProblem } from './pathProblem.js'

/** A path that was looked at, best one first: from the signer over links to the anchor, and on to who signed that. */
export interface FoundChain {
  readonly status: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: ChainReason
  /** Links that are no anchors themselves, the nearest to the signer first. */
  readonly links: readonly Certificate[]
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
  /** Certificates that nobody vouches for: links count once an anchor's key signed them. */
  readonly links: readonly Certificate[]
}

/** Signatures tried per certificate, and links followed. Both are driven by foreign data. */
const maxCandidates = 16
const maxDepth = 4

const order = { passed: 0, inconclusive: 1, failed: 2 } as const

/**
 * The best way from a signer to an anchor. Candidates are found by key identifier and by name, and count only when the signature is
 * theirs. Links run forward only: a link is the new key signed by the old one, so the way goes from a certificate to who
 * signed it and never from a key to a certificate that somebody else made over the same key.
 */
export async function findChain(options: FindChainOptions): Promise<FoundChain> {
  return search([options.signer], options, new Set())
}

/** Each link is gone up from once: certificates that sign each other in every order would take as many signatures as orders. */
async function search(
  path: readonly [Certificate, ...Certificate[]],
  options: FindChainOptions,
  seen: Set<Certificate>,
): Promise<FoundChain> {
  const direct = await underAnchor(path, options)
  if (direct.status === 'passed' || path.length > maxDepth) return direct
  const certificate = path[path.length - 1] as Certificate
  let best = direct
  for (const link of options.links.slice(0, maxCandidates)) {
    if (seen.has(link) || !mayHaveSigned(link, certificate)) continue
    const verdict = await verifyCertificateSignature(certificate, () => importKey(link, options.crypto))
    if (verdict.status !== 'passed') continue
    seen.add(link)
    const found = await search([...path, link], options, seen)
    // A link that no anchor vouches for says nothing about the signer.
    if (found.anchor !== undefined && isBetter(found, best)) best = found
  }
  return best
}

/** Passed before anything; and a way to an anchor, with what is wrong on it, tells more than no way. */
function isBetter(found: FoundChain, best: FoundChain): boolean {
  return order[found.status] < order[best.status] || (best.anchor === undefined && best.status === 'inconclusive')
}

function mayHaveSigned(issuer: Certificate, certificate: Certificate): boolean {
  return (
    sameIdentifier(issuer.keyIdentifier, certificate.authorityKeyIdentifier) ||
    comparisonKey(issuer.subject) === comparisonKey(certificate.issuer)
  )
}

async function underAnchor(path: readonly [Certificate, ...Certificate[]], options: FindChainOptions): Promise<FoundChain> {
  const { trust, crypto, at } = options
  const certificate = path[path.length - 1] as Certificate
  const { byKeyIdentifier, byName } = trust.issuersOf(certificate)
  const candidates = [...new Set([...preferred(byKeyIdentifier, at), ...preferred(byName, at)])].slice(0, maxCandidates)
  const links = path.slice(1)
  let best: FoundChain = { status: 'inconclusive', reason: 'no-trust-anchor', links, above: [] }
  let wrong: SignatureReason | undefined
  let unsupported = false
  for (const anchor of candidates) {
    const matched = byKeyIdentifier.includes(anchor) ? 'key-identifier' : 'name'
    const verdict = await verifyCertificateSignature(certificate, () => trust.keyOf(anchor, crypto))
    if (verdict.status === 'inconclusive') unsupported = true
    else if (verdict.status === 'failed' && matched === 'key-identifier') wrong ??= verdict.reason ?? 'signature-wrong'
    if (verdict.status !== 'passed') continue
    const judged = await judgeSafely(path, anchor, matched, options)
    if (judged.status === 'passed') return judged
    if (best.anchor === undefined || order[judged.status] < order[best.status]) best = judged
  }
  if (best.anchor !== undefined) return best
  if (unsupported) return { ...best, reason: 'unsupported-algorithm' }
  return wrong === undefined ? best : { ...best, status: 'failed', reason: wrong }
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

/** An anchor whose fields cannot be read vouches for nobody; the others are still looked at. */
async function judgeSafely(...given: Parameters<typeof judge>): Promise<FoundChain> {
  try {
    return await judge(...given)
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return { status: 'failed', reason: 'certificate-malformed', links: given[0].slice(1), above: [] }
  }
}

async function judge(
  path: readonly [Certificate, ...Certificate[]],
  anchor: TrustAnchor,
  matched: 'key-identifier' | 'name',
  { trust, crypto, document }: FindChainOptions,
): Promise<FoundChain> {
  const above: TrustAnchor[] = []
  let standing = await trust.standingOf(anchor, crypto)
  while (standing.type === 'link' && above.length < maxDepth && !above.includes(standing.signer) && standing.signer !== anchor) {
    above.push(standing.signer)
    standing = await trust.standingOf(standing.signer, crypto)
  }
  const anchorVerified = above.length > 0 || standing.type === 'self-signed'
  const found = { links: path.slice(1), anchor, above, matched, anchorVerified }
  if (standing.type === 'wrong') return { ...found, status: 'failed', reason: 'anchor-wrong' }
  const anchors = [anchor, ...above]
  const certificates = anchors.map(({ certificate }) => certificate)
  const scopes = anchors.flatMap((each) => each.scopes)
  const problem = pathProblem([...path, ...certificates], scopes, document, trust.allowDemo)
  if (problem === undefined) return { ...found, status: 'passed' }
  return { ...found, status: problem === 'anchor-scope' ? 'inconclusive' : 'failed', reason: problem }
}
