import type { Certificate } from '../certificate/Certificate.js'
import { pathRevocation } from '../revocation/pathRevocation.js'
import type { RevocationPolicy } from '../revocation/RevocationInput.js'
import type { RevocationVerdict } from '../revocation/RevocationVerdict.js'
import { type CandidatePath, candidatePaths } from './candidatePaths.js'
import type { PathContext } from './PathContext.js'
import { type PathReason, pathClauses } from './pathReasons.js'
import { type PathRequirements, type PathVerdict, validatePath } from './validatePath.js'

export interface FoundPath {
  readonly path: readonly Certificate[]
  readonly anchor?: Certificate
  readonly verdict: PathVerdict
  readonly revocation: readonly RevocationVerdict[]
}

export interface SearchPathOptions {
  readonly requirements: PathRequirements
  readonly policy: RevocationPolicy
  /** Certificates whose paths are being looked for: a list or answer signer must not vouch for itself. */
  readonly pending?: ReadonlySet<Certificate>
}

/** The first path that passes, else the one whose verdict tells most. */
export async function searchPath(target: Certificate, context: PathContext, options: SearchPathOptions): Promise<FoundPath> {
  let best: FoundPath = unanchored({ path: [target], end: 'no-trust-anchor' })
  await candidatePaths(target, context, async (candidate) => {
    const { path, anchor } = candidate
    const found = anchor === undefined ? unanchored(candidate) : await judge(path, anchor, context, options)
    const passed = found.verdict.status === 'passed'
    if (passed || worth(found) > worth(best)) best = found
    return passed
  })
  return (context.exhausted || context.isCut) && best.anchor === undefined
    ? { ...best, verdict: { status: 'inconclusive', reason: 'search-exhausted', policies: [] } }
    : best
}

/** A way to an anchor tells more than none; revoked more than anything; what cannot be told leaves open what else is wrong. */
function worth({ anchor, verdict: { status, reason } }: FoundPath): number {
  if (anchor !== undefined) return reason === 'revoked' ? 6 : status === 'inconclusive' ? 5 : 4
  if (reason === 'unsupported-algorithm') return 3
  return reason === 'signature-wrong' ? 2 : reason === 'certificate-malformed' ? 1 : 0
}

function unanchored({ path, end = 'no-trust-anchor' }: CandidatePath): FoundPath {
  const open = end === 'no-trust-anchor' || end === 'unsupported-algorithm'
  return { path, verdict: denied(open ? 'inconclusive' : 'failed', end, path.length - 1), revocation: [] }
}

function denied(status: 'failed' | 'inconclusive', reason: PathReason, position: number): PathVerdict {
  const clause = pathClauses[reason]
  return { status, reason, ...(clause !== undefined && { clause }), position, policies: [] }
}

async function judge(
  path: readonly Certificate[],
  anchor: Certificate,
  context: PathContext,
  { requirements, policy, pending }: SearchPathOptions,
): Promise<FoundPath> {
  const verdict = await validatePath({
    ...requirements,
    path,
    anchor,
    at: context.at,
    crypto: context.crypto,
    verify: (certificate, issuer) => context.verify(certificate, issuer),
  })
  if (verdict.status !== 'passed' || policy === 'off') return { path, anchor, verdict, revocation: [] }
  const revocation = await pathRevocation(path, anchor, context, pending ?? new Set())
  return { path, anchor, verdict: withRevocation(verdict, revocation, policy), revocation }
}

function withRevocation(verdict: PathVerdict, revocation: readonly RevocationVerdict[], policy: RevocationPolicy): PathVerdict {
  const revoked = revocation.findIndex(({ status }) => status === 'revoked')
  if (revoked >= 0) return denied('failed', 'revoked', revoked)
  const unknown = revocation.findIndex(({ status }) => status !== 'good')
  if (policy !== 'require' || unknown < 0) return verdict
  return denied('inconclusive', revocation[unknown]?.reason ?? 'revocation-unknown', unknown)
}
