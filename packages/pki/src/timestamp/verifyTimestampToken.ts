import { equalBytes, type Finding } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { readableCertificates } from '../certificate/readableCertificates.js'
import { weaknessesOf } from '../certificate/weaknessesOf.js'
import { readInstant } from '../chain/checkValidity.js'
import { namesSigningCertificate } from '../cms/signedAttributes.js'
import { type SignerReason, verifySignedData } from '../cms/verifySignedData.js'
import { PkiError } from '../errors.js'
import { pathExtensionOids } from '../path/pathExtensions.js'
import type { PathReason } from '../path/pathReasons.js'
import { type CertificatePathResult, verifyCertificatePath } from '../path/verifyCertificatePath.js'
import type { RevocationInput } from '../revocation/RevocationInput.js'
import { nonceInteger } from './encodeTimestampRequest.js'
import { type TimestampToken, timestampOids } from './TimestampToken.js'

export type TimestampReason =
  | SignerReason
  | PathReason
  | 'imprint-differs'
  | 'nonce-differs'
  | 'policy-differs'
  | 'several-signers'
  | 'signing-certificate-missing'
  | 'critical-extension'

/** What is known of a timestamp. `genTime` may be relied upon only when `status` is `passed`. */
export interface TimestampResult {
  readonly status: 'passed' | 'failed' | 'inconclusive'
  readonly reason?: TimestampReason
  readonly genTime: string
  /** Microseconds. */
  readonly accuracy?: number
  readonly policy: string
  /** The authority's certificate, when the signature over the token is right. */
  readonly signer?: Certificate
  /** Its way to an anchor; absent when the token itself did not pass. */
  readonly path?: CertificatePathResult
  readonly findings: readonly Finding[]
}

export interface VerifyTimestampTokenOptions {
  readonly token: TimestampToken
  /** What was stamped: the bytes, or their hash by the algorithm that the token names. */
  readonly stamped: { readonly data: Uint8Array } | { readonly hash: Uint8Array }
  /** The nonce of the request, where the token answers one. */
  readonly nonce?: Uint8Array
  /** Policies that will do (object identifiers); absent: any. */
  readonly policies?: readonly string[]
  /** Timestamp authorities, or who certifies them. None: nothing passes. */
  readonly anchors: readonly Certificate[]
  /** Certificates besides those in the token. */
  readonly certificates?: readonly Certificate[]
  /**
   * When the authority's certificate must be valid (default: at the token's own time). A token from after it fails, five minutes aside. A key that
   * was stolen later can make tokens of any time: who relies on old ones needs revocation data, or a later timestamp over this one.
   */
  readonly at?: string
  readonly revocation?: RevocationInput
  readonly crypto?: CryptoPort
}

/**
 * Verifies a timestamp token (RFC 3161 2.2, 2.3, 2.4.2): one signer, its signature, its certificate bound by a signing-certificate attribute, the
 * imprint, the nonce, the policy; extended key usage critical and id-kp-timeStamping alone; a path to an anchor; and a time at which the
 * certificate was valid, whenever the path is looked at.
 *
 * @throws RangeError for a time that is none. Nothing bad in the token throws.
 * @example
 * const { status, genTime } = await verifyTimestampToken({ token, stamped: { data: signature }, anchors: [root] })
 */
export async function verifyTimestampToken(options: VerifyTimestampTokenOptions): Promise<TimestampResult> {
  const { token, anchors, certificates = [], revocation } = options
  const crypto = options.crypto ?? (await loadCrypto())
  const { info, signedData } = token
  const { status, reason, signers, findings } = await verifySignedData(signedData, {
    crypto,
    certificates: certificates.map(({ raw }) => raw),
  })
  const base = {
    genTime: info.genTime,
    ...(info.accuracy !== undefined && { accuracy: info.accuracy }),
    policy: info.policy,
    findings: [...findings, ...weaknessesOf('imprint', undefined, info.imprint.algorithm)],
  }
  if (status !== 'passed') return { ...base, status, ...(reason && { reason }) }
  const signer = signers[0]?.certificate
  if (signer === undefined || signers.length !== 1) return { ...base, status: 'failed', reason: 'several-signers' }
  const problem = tokenProblem(options, crypto) ?? signerProblem(token, signer)
  if (problem !== undefined)
    return { ...base, signer, status: problem === 'unsupported-algorithm' ? 'inconclusive' : 'failed', reason: problem }
  const path = await verifyCertificatePath({
    certificate: signer,
    anchors,
    certificates: [...certificates, ...readableCertificates(signedData.certificates)],
    at: options.at ?? info.genTime,
    extendedKeyUsage: timestampOids.purpose,
    ...(revocation && { revocation }),
    crypto,
  })
  const untimely = path.status === 'passed' ? timeProblem(info.genTime, signer, options.at) : undefined
  if (untimely !== undefined) return { ...base, signer, path, status: 'failed', reason: untimely }
  return { ...base, signer, path, status: path.status, ...(path.reason && { reason: path.reason }) }
}

/** How far an authority's clock may run ahead, in seconds. */
const skew = 300

/** No certificate vouches for a time before or after its own life, nor anybody for one that has not come: such tokens are dated back, or ahead. */
function timeProblem(genTime: string, { notBefore, notAfter }: Certificate, at: string | undefined): TimestampReason | undefined {
  if (genTime < notBefore) return 'not-yet-valid'
  if (genTime > notAfter) return 'expired'
  if (at === undefined) return undefined
  // A day lasts until its end.
  const latest = Date.parse(readInstant(at, 'at')) + ((at.length === 10 ? 86_400 : 0) + skew) * 1000
  return Date.parse(genTime) > latest ? 'not-yet-valid' : undefined
}

function tokenProblem(options: VerifyTimestampTokenOptions, crypto: CryptoPort): TimestampReason | undefined {
  const { stamped, nonce, policies } = options
  const { imprint, nonce: answered, policy, unknownCritical } = options.token.info
  if (imprint.algorithm === undefined) return 'unsupported-algorithm'
  const hash = 'hash' in stamped ? stamped.hash : crypto.hash(imprint.algorithm, stamped.data)
  if (hash.length !== crypto.hash(imprint.algorithm).length || !equalBytes(hash, imprint.hash)) return 'imprint-differs'
  if (nonce !== undefined && (answered === undefined || !equalBytes(answered, nonceInteger(nonce)))) return 'nonce-differs'
  if (policies !== undefined && !policies.includes(policy)) return 'policy-differs'
  return unknownCritical.length > 0 ? 'critical-extension' : undefined
}

/** RFC 3161 2.3: the key is for timestamps and nothing else, and the certificate says so critically. */
function signerProblem({ signedData }: TimestampToken, signer: Certificate): TimestampReason | undefined {
  if (!namesSigningCertificate(signedData.signers[0]?.signedAttributes?.attributes ?? [])) return 'signing-certificate-missing'
  try {
    const usage = signer.extensions.find(({ oid }) => oid === pathExtensionOids.extendedKeyUsage)
    const [purpose, more] = signer.extendedKeyUsage ?? []
    return usage?.critical === true && purpose === timestampOids.purpose && more === undefined ? undefined : 'extended-key-usage'
  } catch (error) {
    if (error instanceof PkiError) return 'certificate-malformed'
    throw error
  }
}
