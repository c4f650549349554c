import { equalBytes } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { PkiError } from '../errors.js'
import { directoryNameKey } from '../names/nameKeys.js'
import type { PathContext } from '../path/PathContext.js'
import { searchPath } from '../path/searchPath.js'
import { eitherOf } from './eitherOf.js'
import { judgeByLists } from './judgeByLists.js'
import { judgeByOcsp } from './judgeByOcsp.js'
import type { RevocationList } from './RevocationList.js'
import type { RevocationReason, RevocationVerdict } from './RevocationVerdict.js'
import { verifyListSignature } from './verifyListSignature.js'

/** Signers of lists whose own revocation is looked up, one behind the other. */
const maxPending = 3

/** What is known of the revocation of every certificate of a valid path, in its order. The first one that is revoked decides for those below. */
export async function pathRevocation(
  path: readonly Certificate[],
  anchor: Certificate,
  context: PathContext,
  pending: ReadonlySet<Certificate>,
): Promise<RevocationVerdict[]> {
  const verdicts: RevocationVerdict[] = []
  for (let position = path.length - 1; position >= 0; position--) {
    const certificate = path[position] as Certificate
    const authorities = [...path.slice(position + 1), anchor]
    verdicts.unshift(await revocationOf(certificate, authorities, anchor, context, pending))
  }
  return verdicts
}

/** An answer of a responder first, it is the younger; a list where there is none. What either has revoked is revoked. */
async function revocationOf(
  certificate: Certificate,
  authorities: readonly Certificate[],
  anchor: Certificate,
  context: PathContext,
  pending: ReadonlySet<Certificate>,
): Promise<RevocationVerdict> {
  const issuer = authorities[0] as Certificate
  const byLists = (about: Certificate): Promise<RevocationVerdict> =>
    listVerdict({ certificate: about, authorities, anchor, context, pending })
  const answered = await judgeByOcsp({
    certificate,
    issuer,
    responses: context.responses,
    at: context.at,
    crypto: context.crypto,
    // A responder without id-pkix-ocsp-nocheck is a certificate like any other of its issuer.
    responderRevoked: async (responder) => (await byLists(responder)).status === 'revoked',
  })
  return answered.status === 'revoked' ? answered : eitherOf(answered, await byLists(certificate))
}

async function listVerdict(trust: ListTrust): Promise<RevocationVerdict> {
  const { certificate, context } = trust
  try {
    return await judgeByLists({ certificate, lists: context.lists, at: context.at, distrust: (list) => distrust(list, trust) })
  } catch (error) {
    // Distribution points that cannot be read.
    if (error instanceof PkiError) return { status: 'unknown', reason: 'revocation-data-scope' }
    throw error
  }
}

interface ListTrust {
  readonly certificate: Certificate
  /** Who stands above the certificate in its path: validated already. */
  readonly authorities: readonly Certificate[]
  readonly anchor: Certificate
  readonly context: PathContext
  readonly pending: ReadonlySet<Certificate>
}

/**
 * 6.3.3 (f), (g): the key under a list is that of an authority of the path, or of a certificate with the list's name that has a valid path of
 * its own to the same anchor and was issued by an authority of this path. RFC 5280 asks for the anchor alone; then any subordinate authority
 * could take the name of its superior, or of an issuer of indirect lists, and say that nothing is revoked.
 */
async function distrust(list: RevocationList, trust: ListTrust): Promise<RevocationReason | undefined> {
  const { authorities, context } = trust
  const name = directoryNameKey(list.issuer)
  let reason: RevocationReason = 'revocation-signer-unknown'
  for (const signer of [...authorities.filter((each) => directoryNameKey(each.subject) === name), ...context.withSubject(name)]) {
    if (!context.spend()) return reason
    const verdict = await verifyListSignature(list, signer, context.crypto, () => context.keys.keyOf(signer, context.crypto))
    if (verdict !== undefined) {
      if (reason === 'revocation-signer-unknown') reason = verdict
      continue
    }
    reason = 'revocation-signer-not-allowed'
    if (signer.keyUsage?.includes('cRLSign') === false) continue
    if (authorities.includes(signer) || (await mayVouch(signer, trust))) return undefined
  }
  return reason
}

async function mayVouch(signer: Certificate, trust: ListTrust): Promise<boolean> {
  const { certificate, authorities, anchor, context, pending } = trust
  // The one list that may be signed by the certificate it is about: that of a list issuer over itself, once its path stands.
  if (pending.has(signer)) return equalBytes(signer.raw, certificate.raw)
  if (pending.size >= maxPending) return false
  const found = await searchPath(signer, context, {
    requirements: {},
    policy: 'require',
    pending: new Set([...pending, signer]),
  })
  if (found.verdict.status !== 'passed' || found.anchor !== anchor) return false
  const issuer = found.path[1] ?? anchor
  return authorities.some((each) => equalBytes(each.subjectPublicKeyInfo, issuer.subjectPublicKeyInfo))
}
