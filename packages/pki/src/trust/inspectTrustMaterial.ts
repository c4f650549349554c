import type { Finding } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { readInstant } from '../chain/checkValidity.js'
import { PkiError } from '../errors.js'
import { createTrustStore, type TrustMaterial } from './createTrustStore.js'
import type { StoredCertificate } from './StoredCertificate.js'
import { type SourceFreshness, sourceFreshness } from './sourceFreshness.js'
import { TrustAnchor } from './TrustAnchor.js'
import { type TrustCounts, TrustTally } from './TrustTally.js'
import type { MasterListResult } from './verifyMasterList.js'

/** What trust material holds. Plain data: what `cccd trust inspect` prints. */
export interface TrustInspection extends TrustCounts {
  /** Digest of the store that the material makes. */
  readonly digest: string
  readonly masterLists: readonly MasterListResult[]
  readonly sources: readonly SourceFreshness[]
  /** Certificates without duplicates. */
  readonly certificates: number
  /** Of these, how many count as anchors; nobody vouches for the others. */
  readonly anchors: number
  readonly pins: number
  readonly findings: readonly Finding[]
}

export interface InspectTrustMaterialOptions extends TrustMaterial {
  readonly crypto?: CryptoPort
  readonly allowDemo?: boolean
  /** Day or instant for counting what has expired and how old sources are. */
  readonly at: string
}

/** Lists are published every few weeks; one that is half a year old lacks new country CAs, and keeps those that were withdrawn. */
const freshFor = 180

/**
 * Loads trust material as {@link createTrustStore} does and verifies the signature of every certificate in it.
 * A master list that was signed, or another source that was loaded, more than 180 days before `at` gets a finding.
 * @throws PkiError as createTrustStore
 * @example
 * const found = await inspectTrustMaterial({ masterLists: [{ bytes, anchor: root }], at: '2026-06-01' })
 * found.withoutSigner.length // 12
 */
export async function inspectTrustMaterial(options: InspectTrustMaterialOptions): Promise<TrustInspection> {
  const trust = await createTrustStore(options)
  const at = readInstant(options.at, 'at')
  const tally = new TrustTally(at)
  const findings = [...trust.findings]
  const count = async (stored: StoredCertificate): Promise<void> => {
    try {
      if (stored instanceof TrustAnchor) tally.add(stored, await trust.standingOf(stored), stored.scopes)
      else tally.add(stored, await trust.standingOfOther(stored), [])
    } catch (error) {
      if (!(error instanceof PkiError)) throw error
      findings.push({ code: 'certificate-unreadable', severity: 'warning', field: stored.sources[0] ?? 'anchor' })
    }
  }
  for (const stored of [...trust.anchors, ...trust.certificates]) await count(stored)
  const sources = trust.sources.map((source) => sourceFreshness(source, at))
  for (const { name, daysSinceLoaded, daysSinceSigned } of sources)
    if (daysSinceSigned !== undefined && daysSinceSigned > freshFor)
      findings.push({ code: 'master-list-old', severity: 'warning', field: name, data: { days: daysSinceSigned } })
    else if (daysSinceLoaded !== undefined && daysSinceLoaded > freshFor)
      findings.push({ code: 'trust-source-old', severity: 'warning', field: name, data: { days: daysSinceLoaded } })
  const { digest, masterLists, pins, size, certificates } = trust
  return {
    digest,
    masterLists,
    sources,
    certificates: size + certificates.length,
    anchors: size,
    pins: pins.length,
    findings,
    ...tally.counts(),
  }
}
