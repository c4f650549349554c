import type { Finding } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'
import { extensionOids } from '../certificate/extensions.js'
import type { ChainReason } from '../chain/chainReasons.js'
import { maySignData } from '../chain/pathProblem.js'
import { verifyChain } from '../chain/verifyChain.js'
import { type SignerReason, verifySignedData } from '../cms/verifySignedData.js'
import { PkiError } from '../errors.js'
import type { TrustStore } from '../trust/TrustStore.js'
import { type DeviationList, deviationListOids } from './DeviationList.js'

export type DeviationListReason =
  | SignerReason
  | ChainReason
  | 'not-a-list-signer'
  | 'key-usage'
  | 'expired'
  | 'not-yet-valid'
  | 'no-signing-time'

/** What became of a deviation list's signature. Plain data. */
export interface DeviationListResult {
  readonly status: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: DeviationListReason
  /** Two letters: for whose documents the list may speak. */
  readonly country?: string
  readonly signer?: CertificateInfo
  readonly signingTime?: string
  readonly findings: readonly Finding[]
}

export interface VerifyDeviationListOptions {
  readonly list: DeviationList
  readonly trust: TrustStore
  /** Day or instant, ISO 8601. */
  readonly at: string
  readonly crypto?: CryptoPort
}

/**
 * Verifies a deviation list: its CMS signature, the signer's purpose (critical extended key usage id-icao-DeviationListSigningKey, Doc 9303-12
 * 7.1.1.3), its way to a country CA of the store, and that the certificate was valid when it signed. A list speaks for its signer's country.
 *
 * @throws RangeError for a time that is none
 * @example
 * const { status, country } = await verifyDeviationList({ list: parseDeviationList(bytes), trust, at: '2026-01-31' })
 */
export async function verifyDeviationList(options: VerifyDeviationListOptions): Promise<DeviationListResult> {
  const { list, trust, at } = options
  const crypto = options.crypto ?? (await loadCrypto())
  const { status, reason, signers, findings } = await verifySignedData(list.signedData, { crypto })
  const [signer] = signers
  if (status !== 'passed' || signer?.certificate === undefined) return { status, ...(reason && { reason }), findings }
  const { certificate, signingTime } = signer
  const base = { findings, ...(signingTime !== undefined && { signingTime }) }
  try {
    const known = { ...base, signer: describeCertificate(certificate) }
    const usage = certificate.extensions.find(({ oid }) => oid === extensionOids.extendedKeyUsage)
    if (usage?.critical !== true || certificate.extendedKeyUsage?.includes(deviationListOids.signing) !== true)
      return { ...known, status: 'failed', reason: 'not-a-list-signer' }
    if (!maySignData(certificate)) return { ...known, status: 'failed', reason: 'key-usage' }
    const { checks } = await verifyChain({
      signer: certificate,
      trust,
      at,
      signingTime,
      role: 'deviation-list-signer',
      crypto,
    })
    for (const id of ['chain.csca', 'chain.validity-at-signing']) {
      const check = checks.find((each) => each.id === id)
      if (check?.status === 'passed') continue
      const why = check?.reason as DeviationListReason | undefined
      return { ...known, status: check?.status === 'failed' ? 'failed' : 'inconclusive', ...(why && { reason: why }) }
    }
    const { country } = certificate
    return { ...known, status: 'passed', ...(country !== undefined && { country }) }
  } catch (error) {
    if (error instanceof PkiError) return { ...base, status: 'failed', reason: 'certificate-malformed' }
    throw error
  }
}
