import type { Finding } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { type CertificateInfo, describeCertificate } from '../certificate/describeCertificate.js'
import { extensionOids } from '../certificate/extensions.js'
import { listPurposes } from '../certificate/listPurposes.js'
import { verifyCertificateSignature } from '../certificate/verifyCertificateSignature.js'
import { countriesAgree, hasUnknownCriticalExtension, maySignCertificates, maySignData } from '../chain/pathProblem.js'
import { type SignerReason, type SignerResult, verifySignedData } from '../cms/verifySignedData.js'
import { PkiError } from '../errors.js'
import { CertificateIndex } from './CertificateIndex.js'
import { importKey } from './KeyCache.js'
import type { MasterList } from './parseMasterList.js'
import { StoredCertificate } from './StoredCertificate.js'

export type MasterListReason =
  | SignerReason
  | 'signer-not-issued'
  | 'not-a-ca'
  | 'not-a-list-signer'
  | 'key-usage'
  | 'critical-extension'
  | 'country-differs'
  | 'expired'
  | 'not-yet-valid'
  | 'certificate-malformed'

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
 * `anchors`, else one inside the list; `anchoredBy` says which. An anchor with the right key identifier and another key fails, and so does a
 * signer that was not certified for master lists, is of another country than its CSCA, or was not valid when it signed.
 * Nothing bad in a certificate throws.
 *
 * @example
 * const { status, anchoredBy } = await verifyMasterList(parseMasterList(bytes), { anchors: [parseCertificate(root)] })
 */
export async function verifyMasterList(list: MasterList, options: VerifyMasterListOptions = {}): Promise<MasterListResult> {
  const crypto = options.crypto ?? (await loadCrypto())
  const { status, reason, signers, findings } = await verifySignedData(list.signedData, { crypto })
  const base = {
    certificates: list.certificates.length,
    ...(options.source !== undefined && { source: options.source }),
    findings,
  }
  if (status !== 'passed') return { ...base, status, ...(reason && { reason }) }
  try {
    const judged = await judgeSigners(list, signers, options.anchors ?? [], crypto)
    return { ...base, ...judged, findings: [...findings, ...judged.findings] }
  } catch (error) {
    if (error instanceof PkiError) return { ...base, status: 'failed', reason: 'certificate-malformed' }
    throw error
  }
}

/** What becomes of a list whose signatures are right. @throws PkiError for a signer's certificate that cannot be read */
async function judgeSigners(
  list: MasterList,
  signers: readonly SignerResult[],
  anchors: readonly Certificate[],
  crypto: CryptoPort,
): Promise<Omit<MasterListResult, 'certificates' | 'source'>> {
  let issued: Issued = { status: 'failed', reason: 'signer-not-issued' }
  for (const signer of signers) {
    issued = await findIssuer(signer.certificate, list, anchors, crypto)
    const denied = issued.status === 'passed' ? signerProblem(signer) : undefined
    if (denied !== undefined) issued = { status: 'failed', reason: denied }
    if (issued.status !== 'passed') break
  }
  const findings: Finding[] = []
  const [{ certificate, signingTime }] = signers as [SignerResult, ...SignerResult[]]
  if (certificate?.extensions.some(({ oid, critical }) => oid === extensionOids.extendedKeyUsage && !critical))
    findings.push({ code: 'extension-not-critical', severity: 'warning', field: 'signer', clause: 'Doc 9303-12, 7.1, Table 6' })
  if (issued.anchoredBy === 'itself') findings.push({ code: 'master-list-anchored-in-itself', severity: 'info' })
  return {
    ...issued,
    ...(certificate && { signer: describeCertificate(certificate) }),
    ...(signingTime !== undefined && { signingTime }),
    findings,
  }
}

/**
 * Why a certificate may not sign master lists. Without its purpose any document signer of the country could: every chip of it carries one, and
 * a list makes anchors.
 */
function signerProblem({ certificate, signingTime }: SignerResult): MasterListReason | undefined {
  if (certificate === undefined) return 'signer-not-issued'
  if (certificate.extendedKeyUsage?.includes(listPurposes['master-list-signer']) !== true) return 'not-a-list-signer'
  if (!maySignData(certificate)) return 'key-usage'
  if (hasUnknownCriticalExtension(certificate)) return 'critical-extension'
  if (signingTime === undefined) return undefined
  if (signingTime < certificate.notBefore) return 'not-yet-valid'
  return signingTime > certificate.notAfter ? 'expired' : undefined
}

type Issued = Pick<MasterListResult, 'status' | 'reason' | 'issuer' | 'anchoredBy'>

async function findIssuer(
  signer: Certificate | undefined,
  list: MasterList,
  anchors: readonly Certificate[],
  crypto: CryptoPort,
): Promise<Issued> {
  const denied: Issued = { status: 'failed', reason: 'signer-not-issued' }
  if (signer === undefined) return denied
  const given = await issuedBy(signer, indexOf(anchors.map(({ raw }) => raw)), crypto)
  if (given !== undefined) return { ...given, ...(given.status === 'passed' && { anchoredBy: 'anchor' }) }
  const inside = await issuedBy(signer, indexOf([...list.certificates, ...list.signedData.certificates]), crypto)
  return inside === undefined ? denied : { ...inside, ...(inside.status === 'passed' && { anchoredBy: 'itself' }) }
}

/** Undefined when nobody there is named as the signer's issuer. */
async function issuedBy(
  signer: Certificate,
  pool: CertificateIndex<StoredCertificate>,
  crypto: CryptoPort,
): Promise<Issued | undefined> {
  const named = pool.byKeyIdentifier(signer.authorityKeyIdentifier)
  let issued: Issued | undefined
  for (const { certificate: issuer } of named.length > 0 ? named : pool.byName(signer.issuer)) {
    const verdict = await verifyCertificateSignature(signer, () => importKey(issuer, crypto))
    if (verdict.status === 'inconclusive') issued = { status: 'inconclusive', reason: 'unsupported-algorithm' }
    else if (verdict.status === 'failed' && named.length > 0) issued ??= { status: 'failed', reason: 'signer-not-issued' }
    if (verdict.status !== 'passed') continue
    const denied = issuerProblem(signer, issuer)
    if (denied === undefined) return { status: 'passed', issuer: describeCertificate(issuer) }
    issued = { status: 'failed', reason: denied }
  }
  return issued
}

/** Why an authority whose signature is right may not vouch for a list signer. One that cannot be read does not deny what another one vouches for. */
function issuerProblem(signer: Certificate, issuer: Certificate): MasterListReason | undefined {
  try {
    describeCertificate(issuer)
    if (!maySignCertificates(issuer)) return 'not-a-ca'
    if (hasUnknownCriticalExtension(issuer)) return 'critical-extension'
    return countriesAgree([signer, issuer], undefined) ? undefined : 'country-differs'
  } catch (error) {
    if (error instanceof PkiError) return 'certificate-malformed'
    throw error
  }
}

function indexOf(certificates: readonly Uint8Array[]): CertificateIndex<StoredCertificate> {
  const index = new CertificateIndex((raw, isDemo) => new StoredCertificate(raw, isDemo))
  for (const raw of certificates)
    try {
      index.add(raw)
    } catch (error) {
      // A list with one broken certificate is still a list.
      if (!(error instanceof PkiError)) throw error
    }
  return index
}
