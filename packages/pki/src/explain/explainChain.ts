import type { Check } from '@cccd/core'
import type { CertificateInfo } from '../certificate/describeCertificate.js'
import type { ChainCheckId } from '../chain/chainReasons.js'
import type { ChainResult } from '../chain/verifyChain.js'

/** What a certificate is in a path. `link` also for who signed a link that is an anchor. */
export type PathRole = 'document-signer' | 'link' | 'country-ca'

/** One certificate of a path and what was looked at in it. Plain data. */
export interface ExplainedCertificate {
  readonly role: PathRole
  readonly certificate: CertificateInfo
  /** Where it was found, for an anchor: names of files and lists. */
  readonly sources: readonly string[]
  /** Whether the next certificate signed it; the last one: whether it is trusted by itself, as an anchor or above one. */
  readonly standsOn: 'next-certificate' | 'trust-store' | 'nobody-known'
  /** Clause of the specification by which it has this place. */
  readonly clause: string
}

/** One verdict with its grounds. Plain data. */
export interface ExplainedCheck {
  readonly check: Check<ChainCheckId>
  /** Clause of the specification that asks for it, or `operator` for what the operator decided. */
  readonly clause: string
  /** What it rests on, in order: the signer first. */
  readonly certificates: readonly ExplainedCertificate[]
}

/** Why a chain got its verdicts: every check, the certificates that it rests on, the clauses and the sources. Plain data. */
export interface ChainExplanation {
  readonly checks: readonly ExplainedCheck[]
  readonly path: readonly ExplainedCertificate[]
}

const clauses: Readonly<Record<ChainCheckId, string>> = {
  'chain.csca': 'Doc 9303-11, 5.1; Doc 9303-12, 7.1',
  'chain.validity-at-signing': 'Doc 9303-12, 7.1',
  'chain.validity-now': 'RFC 5280, 4.1.2.5',
  'signer.pinned': 'operator',
}

const roleClauses: Readonly<Record<PathRole, string>> = {
  'document-signer': 'Doc 9303-12, 4.2',
  link: 'Doc 9303-12, 7.1.1.5',
  'country-ca': 'Doc 9303-12, 4.1',
}

/**
 * The tree behind a chain's verdicts: which check, which certificate, which clause, which source. It judges nothing anew and holds nothing of
 * the document. Words for it: `describeCheck` of `@cccd/emrtd/checks` for checks and reasons; a picture: `drawChain`.
 *
 * @example
 * const { checks } = explainChain(await verifyChain({ signer, trust, at }))
 * checks[0].certificates.map(({ role, sources }) => [role, sources]) // [['document-signer', []], ['country-ca', ['DE_ML.ml']]]
 */
export function explainChain({ checks, path }: ChainResult): ChainExplanation {
  const csca = checks.find(({ id }) => id === 'chain.csca')
  const anchored = csca?.data?.anchor !== undefined
  const listed = csca?.data?.sources
  const sources = Array.isArray(listed) ? listed.filter((source) => typeof source === 'string') : []
  const anchorAt = anchored
    ? path.findIndex(({ subject, isCa }, index) => index > 0 && isCa && subject === csca.data?.anchor)
    : -1
  const explained = path.map((certificate, index): ExplainedCertificate => {
    const role = index === 0 ? 'document-signer' : index === path.length - 1 ? 'country-ca' : 'link'
    const last = index === path.length - 1
    return {
      role,
      certificate,
      sources: index === anchorAt ? sources : [],
      standsOn: !last ? 'next-certificate' : anchored && index > 0 ? 'trust-store' : 'nobody-known',
      clause: roleClauses[role],
    }
  })
  return {
    path: explained,
    checks: checks.map((check) => ({
      check,
      clause: clauses[check.id],
      certificates: check.id === 'signer.pinned' ? explained.slice(0, 1) : explained,
    })),
  }
}
