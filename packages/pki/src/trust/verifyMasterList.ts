import type { Finding } from '@cccd/core'
import { type CryptoPort, defaultCrypto } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { comparisonKey } from '../certificate/DistinguishedName.js'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'
import { sameIdentifier } from '../certificate/extensions.js'
import { tryParseCertificate } from '../certificate/parseCertificate.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import { type SignerReason, type SignerResult, verifySignedData } from '../cms/verifySignedData.js'
import { PkiError } from '../errors.js'
import { importKey } from './KeyCache.js'
import type { MasterList } from './parseMasterList.js'

/** id-icao-mrtd-security-masterListSigningKey (Doc 9303-12, 7.1.1.2). */
const masterListSigning = '2.23.136.1.1.3'

export type MasterListReason = SignerReason | 'signer-not-issued' | 'not-a-ca'

/** What became of a master list's signature. Plain data. */
export interface MasterListResult {
  readonly status: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: MasterListReason
  readonly source?: string
  readonly certificates: number
  readonly signer?: CertificateInfo
  /** The CSCA under which the list signer stands. */
  readonly issuer?: CertificateInfo
  /** `anchor`: one that the caller gave; `itself`: only found inside the list, which proves integrity, not origin. */
  readonly anchoredBy?: 'anchor' | 'itself'
  readonly signingTime?: string
  readonly findings: readonly Finding[]
}

export interface VerifyMasterListOptions {
  readonly crypto?: CryptoPort
  /** The CSCAs that may vouch for the list's signer. With none, a CSCA inside the list is looked for. */
  readonly anchors?: readonly Certificate[]
  readonly source?: string
}

/**
 * Verifies the CMS signature of a master list and the list signer's certificate under its CSCA (Doc 9303-12, 8.1): one of
 * `anchors`, else one inside the list; `anchoredBy` says which. An anchor with the right key identifier and another key fails.
 *
 * @example
 * const { status, anchoredBy } = await verifyMasterList(parseMasterList(bytes), { anchors: [parseCertificate(root)] })
 */
export async function verifyMasterList(list: MasterList, options: VerifyMasterListOptions = {}): Promise<MasterListResult> {
  const crypto = options.crypto ?? defaultCrypto()
  const { status, reason, signers, findings } = await verifySignedData(list.signedData, { crypto })
  const base = {
    certificates: list.certificates.length,
    ...(options.source !== undefined && { source: options.source }),
    findings: [...findings],
  }
  if (status !== 'passed') return { ...base, status, ...(reason && { reason }) }
  let issued: Issued = { status: 'failed', reason: 'signer-not-issued' }
  for (const signer of signers) {
    issued = await findIssuer(signer.certificate, list, options.anchors ?? [], crypto)
    if (issued.status !== 'passed') break
  }
  const [first] = signers as [SignerResult, ...SignerResult[]]
  if (first.certificate?.extendedKeyUsage?.includes(masterListSigning) !== true)
    base.findings.push({ code: 'not-a-list-signer', severity: 'warning', field: 'signer', clause: 'Doc 9303-12, 7.1.1.2' })
  if (issued.anchoredBy === 'itself') base.findings.push({ code: 'master-list-anchored-in-itself', severity: 'info' })
  return {
    ...base,
    ...issued,
    ...(first.certificate && { signer: describeCertificate(first.certificate) }),
    ...(first.signingTime !== undefined && { signingTime: first.signingTime }),
  }
}

type Issued = Pick<MasterListResult, 'status' | 'reason' | 'issuer' | 'anchoredBy'>

async function findIssuer(
  signer: Certificate | undefined,
  list: MasterList,
  anchors: readonly Certificate[],
  crypto: CryptoPort,
): Promise<Issued> {
  if (signer === undefined) return { status: 'failed', reason: 'signer-not-issued' }
  let undecided: Issued | undefined
  for (const anchoredBy of ['anchor', 'itself'] as const)
    for (const issuer of candidates(signer, anchoredBy === 'anchor' ? anchors : readable(list))) {
      const verdict = await verifyCertificateSignature(signer, () => importKey(issuer, crypto))
      if (verdict.status === 'inconclusive') undecided = { status: 'inconclusive', reason: 'unsupported-algorithm' }
      const named = sameIdentifier(issuer.keyIdentifier, signer.authorityKeyIdentifier)
      if (verdict.status === 'failed' && named && anchoredBy === 'anchor')
        return { status: 'failed', reason: 'signer-not-issued' }
      if (verdict.status !== 'passed') continue
      if (!issuer.isCa) return { status: 'failed', reason: 'not-a-ca' }
      return { status: 'passed', issuer: describeCertificate(issuer), anchoredBy }
    }
  return undecided ?? { status: 'failed', reason: 'signer-not-issued' }
}

function readable(list: MasterList): Certificate[] {
  const parsed = [...list.certificates, ...list.signedData.certificates].map((raw) => tryParseCertificate(raw))
  return parsed.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
}

function candidates(signer: Certificate, pool: readonly Certificate[]): Certificate[] {
  const issuer = comparisonKey(signer.issuer)
  return pool.filter((certificate) => {
    try {
      return (
        sameIdentifier(certificate.keyIdentifier, signer.authorityKeyIdentifier) || comparisonKey(certificate.subject) === issuer
      )
    } catch (error) {
      if (error instanceof PkiError) return false
      throw error
    }
  })
}
