import { type Check, checkOf } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import { describeCertificate } from '../certificate/describeCertificate.js'
import { fingerprintOf } from '../certificate/fingerprintOf.js'
import type { ChainCheckId } from '../chain/chainReasons.js'
import { readInstant } from '../chain/checkValidity.js'
import { type FoundChain, findChain } from '../chain/findChain.js'
import { type ChainResult, type VerifyChainOptions, verifyChain } from '../chain/verifyChain.js'
import type { StoredCertificate } from '../trust/StoredCertificate.js'
import type { ChainExplanation, ExplainedCertificate, ExplanationNode } from './ChainExplanation.js'
import { cscaNodes } from './cscaNodes.js'

/**
 * The verdict of `verifyChain` as a tree: for each check the certificates that were looked at, what was asked of each, by which clause, and from
 * which source the certificate came; issuers whose key did not fit too. The verdict is `verifyChain`'s own; only its reasons are spread out.
 * Nothing bad in a certificate throws; RangeError for times that are none.
 *
 * @example
 * const { tree } = await explainChain({ signer, trust, at: '2026-01-31' })
 * tree[0]?.children.map(({ step, status }) => `${step}: ${status}`) // ['issuer-signature: passed', 'authority: passed', …]
 */
export async function explainChain(options: VerifyChainOptions): Promise<ChainExplanation> {
  const { trust, signer, document = {}, role = 'document-signer' } = options
  const crypto = options.crypto ?? trust.crypto
  const at = readInstant(options.at, 'at')
  const signingTime = options.signingTime === undefined ? undefined : readInstant(options.signingTime, 'signingTime')
  const result = await verifyChain(options)
  // Where a certificate of the path cannot be read, there is no path.
  const found = result.path.length > 0 ? await findChain({ signer, trust, crypto, at, document, role }) : undefined
  const certificates =
    found === undefined ? [] : membersOf(signer, found).map((member) => explained(member, fingerprintOf(member.raw, crypto)))
  const base = { at, ...(signingTime !== undefined && { signingTime }), trustDigest: trust.digest, result, certificates }
  if (found === undefined) return { ...base, tree: result.checks.map((check) => nodeOf(check, [])) }
  const csca = await cscaNodes({ ...options, crypto, found, result })
  const children: Readonly<Record<ChainCheckId, readonly ExplanationNode[]>> = {
    'chain.csca': csca,
    'chain.validity-at-signing': signingTime === undefined ? [] : validityNodes(validOf(found, certificates), signingTime),
    'chain.validity-now': validityNodes(validOf(found, certificates), at),
    'signer.pinned': pinNodes(options, fingerprintOf(signer.raw, crypto), result),
  }
  return { ...base, tree: result.checks.map((check) => nodeOf(check, children[check.id])) }
}

interface Member {
  readonly role: ExplainedCertificate['role']
  readonly raw: Uint8Array
  readonly certificate: Certificate
  readonly sources: readonly string[]
}

function membersOf(signer: Certificate, { links, anchor, above }: FoundChain): Member[] {
  const member =
    (role: Member['role']) =>
    ({ raw, certificate, sources }: StoredCertificate): Member => ({ role, raw, certificate, sources })
  return [
    { role: 'signer', raw: signer.raw, certificate: signer, sources: [] },
    ...links.map(member('link')),
    ...(anchor === undefined ? [] : [anchor, ...above].map(member('csca'))),
  ]
}

function explained({ role, certificate, sources }: Member, fingerprint: string): ExplainedCertificate {
  return { role, fingerprint, sources, info: describeCertificate(certificate) }
}

/** What the validity of a path is judged by: the anchor that vouches, not who signed that. */
function validOf(found: FoundChain, certificates: readonly ExplainedCertificate[]): readonly ExplainedCertificate[] {
  const counted = found.status === 'passed' && found.anchor !== undefined ? found.links.length + 2 : 1
  return certificates.slice(0, counted)
}

function validityNodes(certificates: readonly ExplainedCertificate[], at: string): ExplanationNode[] {
  return certificates.map(({ role, fingerprint, sources, info: { subject, notBefore, notAfter } }) => {
    const reason = at < notBefore ? 'not-yet-valid' : at > notAfter ? 'expired' : undefined
    return {
      step: 'validity',
      status: reason === undefined ? 'passed' : 'failed',
      ...(reason !== undefined && { reason }),
      clause: 'RFC 5280, 6.1.3 (a) (2)',
      certificate: fingerprint,
      sources,
      data: { role, subject, notBefore, notAfter, at },
      children: [],
    }
  })
}

/** The pin as it stands in the store; whether it counts is the check's own verdict. */
function pinNodes({ signer, trust }: VerifyChainOptions, fingerprint: string, { checks }: ChainResult): ExplanationNode[] {
  const pin = trust.findPin(signer)
  if (pin === undefined) return []
  const { status, reason } = checkOf<ChainCheckId>({ checks }, 'signer.pinned')
  const { source, confirmedBy, from, to } = pin
  return [
    {
      step: 'pin',
      status,
      ...(reason !== undefined && { reason }),
      certificate: fingerprint,
      sources: [source],
      data: { confirmations: confirmedBy.length, ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
      children: [],
    },
  ]
}

function nodeOf({ id, status, reason, data }: Check<ChainCheckId>, children: readonly ExplanationNode[]): ExplanationNode {
  return { step: id, status, ...(reason !== undefined && { reason }), ...(data !== undefined && { data }), children }
}
