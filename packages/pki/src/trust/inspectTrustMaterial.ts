import type { Finding } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { readInstant } from '../chain/checkValidity.js'
import { PkiError } from '../errors.js'
import { createTrustStore, type TrustMaterial } from './createTrustStore.js'
import { type TrustCounts, TrustTally } from './TrustTally.js'
import type { MasterListResult } from './verifyMasterList.js'

/** What trust material holds. Plain data: what `cccd trust inspect` prints. */
export interface TrustInspection extends TrustCounts {
  /** Digest of the store that the material makes. */
  readonly digest: string
  readonly masterLists: readonly MasterListResult[]
  /** Certificates without duplicates. */
  readonly certificates: number
  readonly pins: number
  readonly findings: readonly Finding[]
}

export interface InspectTrustMaterialOptions extends TrustMaterial {
  readonly crypto?: CryptoPort
  readonly allowDemo?: boolean
  /** Day or instant for counting what has expired. */
  readonly at: string
}

/** Lists are published every few weeks; one that is half a year old lacks new country CAs, and keeps those that were withdrawn. */
const freshFor = 180

function ageInDays(signingTime: string, at: string): number {
  return Math.floor((Date.parse(at) - Date.parse(signingTime)) / 86_400_000)
}

/**
 * Loads trust material as {@link createTrustStore} does and verifies the signature of every certificate in it.
 * A master list that was signed more than 180 days before `at` gets a finding.
 * @throws PkiError as createTrustStore
 * @example
 * const found = await inspectTrustMaterial({ masterLists: [{ bytes, anchor: root }], at: '2026-06-01' })
 * found.withoutSigner.length // 12
 */
export async function inspectTrustMaterial(options: InspectTrustMaterialOptions): Promise<TrustInspection> {
  const trust = await createTrustStore(options)
  const tally = new TrustTally(readInstant(options.at, 'at'))
  const findings = [...trust.findings]
  for (const anchor of trust.anchors)
    try {
      tally.add(anchor, await trust.standingOf(anchor))
    } catch (error) {
      if (!(error instanceof PkiError)) throw error
      findings.push({ code: 'certificate-unreadable', severity: 'warning', field: anchor.sources[0] ?? 'anchor' })
    }
  const { digest, masterLists, pins, size } = trust
  for (const list of masterLists) {
    const days = list.signingTime === undefined ? undefined : ageInDays(list.signingTime, readInstant(options.at, 'at'))
    if (days !== undefined && days > freshFor)
      findings.push({ code: 'master-list-old', severity: 'warning', field: list.source ?? 'master list', data: { days } })
  }
  return { digest, masterLists, certificates: size, pins: pins.length, findings, ...tally.counts() }
}
