import { equalBytes } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { PkiError } from '../errors.js'
import { directoryNameKey } from '../names/nameKeys.js'
import type { PathContext } from './PathContext.js'

/** A way from a target to an anchor whose names and signatures fit; or where no further issuer was found. */
export interface CandidatePath {
  readonly path: readonly Certificate[]
  readonly anchor?: Certificate
  /** Why the way ends here. */
  readonly end?: 'no-trust-anchor' | 'signature-wrong' | 'unsupported-algorithm' | 'certificate-malformed'
}

const maxDepth = 16
/** Complete or ended ways looked at in one search: cross-certificates make many. */
const maxWays = 64
/** Issuers of one name that are tried for a certificate. */
const maxIssuers = 64

/** Takes a way; true ends the search. */
export type VisitPath = (way: CandidatePath) => Promise<boolean>

/**
 * Visits ways from a target up, the most promising first: anchors before intermediates, key identifiers that fit before those that do not.
 * No certificate twice, and no subject with the same key twice (RFC 4158 5.2), so that cross-certificates in a circle end.
 */
export async function candidatePaths(target: Certificate, context: PathContext, visit: VisitPath): Promise<void> {
  let ways = 0
  await waysUp([target], context, async (way) => {
    if (await visit(way)) return true
    if (++ways >= maxWays) context.exhausted = true
    return context.exhausted
  })
}

/** Whether the search is over. */
async function waysUp(path: readonly Certificate[], context: PathContext, visit: VisitPath): Promise<boolean> {
  const certificate = path[path.length - 1] as Certificate
  const issuers = candidates(certificate, context)
  if (issuers === undefined) return visit({ path, end: 'certificate-malformed' })
  let end: CandidatePath['end'] = 'no-trust-anchor'
  let went = false
  for (const { issuer, isAnchor, fits } of issuers) {
    if (!isAnchor && (path.length >= maxDepth || repeats(path, issuer))) continue
    const { status } = await context.verify(certificate, issuer)
    if (status === 'passed') {
      went = true
      if (await (isAnchor ? visit({ path, anchor: issuer }) : waysUp([...path, issuer], context, visit))) return true
    } else if (status === 'inconclusive') end = 'unsupported-algorithm'
    // A name that fits and a key that does not is somebody else, or another key of the same authority.
    else if (fits && end === 'no-trust-anchor') end = 'signature-wrong'
  }
  return went ? false : visit({ path, end })
}

interface Candidate {
  readonly issuer: Certificate
  readonly isAnchor: boolean
  /** Whether the certificate's authority key identifier, if it has one, is the issuer's. */
  readonly fits: boolean
}

/** Undefined when the certificate's own names cannot be read. */
function candidates(certificate: Certificate, context: PathContext): readonly Candidate[] | undefined {
  try {
    const name = directoryNameKey(certificate.issuer)
    const { authorityKeyIdentifier } = certificate
    const candidate = (issuer: Certificate, isAnchor: boolean): Candidate => ({
      issuer,
      isAnchor,
      fits: authorityKeyIdentifier === undefined || sameIdentifier(readableIdentifier(issuer), authorityKeyIdentifier),
    })
    const all = [
      ...context.anchorsWithSubject(name).map((anchor) => candidate(anchor, true)),
      ...context.withSubject(name).map((issuer) => candidate(issuer, false)),
    ]
    if (all.length > maxIssuers) context.isCut = true
    return all.sort((a, b) => rankOf(a) - rankOf(b)).slice(0, maxIssuers)
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}

function rankOf({ isAnchor, fits }: Candidate): number {
  return (isAnchor ? 0 : 2) + (fits ? 0 : 1)
}

function readableIdentifier(certificate: Certificate): Uint8Array | undefined {
  try {
    return certificate.keyIdentifier
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}

function repeats(path: readonly Certificate[], issuer: Certificate): boolean {
  return path.some(
    (other) =>
      equalBytes(other.raw, issuer.raw) ||
      (equalBytes(other.subjectPublicKeyInfo, issuer.subjectPublicKeyInfo) && equalBytes(other.subject.raw, issuer.subject.raw)),
  )
}
