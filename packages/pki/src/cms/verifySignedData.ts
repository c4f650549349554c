import { type Finding, isCccdError } from '@cccd/core'
import { type CryptoPort, type HashAlgorithm, loadCrypto, type SignatureScheme } from '@cccd/crypto'
import { hashAlgorithmByOid } from '../algorithms/hashAlgorithmByOid.js'
import type { Certificate } from '../certificate/Certificate.js'
import { type SignatureReason, type SignatureVerdict, verifySignature } from '../certificate/verifySignature.js'
import { weaknessesOf } from '../certificate/weaknessesOf.js'
import { CertificateMemory } from '../trust/CertificateMemory.js'
import { findSignerCertificates } from './findSignerCertificates.js'
import type { SignedData, SignerInfo } from './SignedData.js'
import { attributesProblem, namesSigningCertificate, signedMessage, signingTimeOf, sortedMessage } from './signedAttributes.js'
import { Work } from './Work.js'

export type SignerReason =
  | SignatureReason
  | 'search-exhausted'
  | 'no-signer-info'
  | 'no-content'
  | 'no-signer-certificate'
  | 'structure-wrong'
  | 'content-type-differs'
  | 'digest-wrong'
  | 'signing-certificate-differs'

export type SignerStatus = 'passed' | 'failed' | 'inconclusive'

/** What became of one SignerInfo. `certificate` is the one whose key was used, also when the signature is wrong. */
export interface SignerResult {
  readonly status: SignerStatus
  readonly reason?: SignerReason
  readonly certificate?: Certificate
  /** The signer's own statement, when its signature passed. */
  readonly signingTime?: string
  readonly digestAlgorithm?: HashAlgorithm
  readonly scheme?: SignatureScheme
}

export interface SignedDataResult {
  /** `passed` only when there is a signer and every one passed. */
  readonly status: SignerStatus
  readonly reason?: SignerReason
  readonly signers: readonly SignerResult[]
  readonly findings: readonly Finding[]
}

export interface VerifySignedDataOptions {
  readonly crypto?: CryptoPort
  /** Certificates that may be the signer's besides those in the container. */
  readonly certificates?: readonly Uint8Array[]
  /** The content when it is detached. */
  readonly content?: Uint8Array
  /** Signers met before (`trust.memory`): their certificates are not read and their keys not imported again. */
  readonly memory?: CertificateMemory
}

/**
 * Verifies every signer of a SignedData against the certificates at hand: digest, signed attributes, signature. Who issued the
 * certificate is another question ({@link verifyChain}).
 *
 * Signed attributes are taken as sent; only if they are not sorted and that fails, DER-sorted, with the finding
 * `signed-attributes-not-sorted`. Content type must be the container's, message digest must stand there exactly once, and where a
 * signing-certificate attribute names the signer's certificate (CAdES), it must be the one whose key verifies. An RSASSA-PSS signature
 * must be over the hash that digestAlgorithm names (RFC 4056 3).
 *
 * Work is bounded: who sends more certificates under one identifier, for more signers, than anybody needs gets `inconclusive` with
 * `search-exhausted`.
 *
 * @example
 * const { status, signers } = await verifySignedData(parseSignedData(bytes))
 * if (status === 'passed') console.log(signers[0].certificate.subject.text)
 */
export async function verifySignedData(signedData: SignedData, options: VerifySignedDataOptions = {}): Promise<SignedDataResult> {
  const crypto = options.crypto ?? (await loadCrypto())
  const content = signedData.content ?? options.content
  const certificates = [...signedData.certificates, ...(options.certificates ?? [])]
  const findings: Finding[] = []
  const context = {
    crypto,
    certificates,
    findings,
    memory: options.memory ?? new CertificateMemory(),
    work: new Work(crypto, content),
  }
  const signers: SignerResult[] = []
  for (const signer of signedData.signers)
    signers.push(
      content === undefined
        ? { status: 'failed', reason: 'no-content' }
        : await verifySigner(signer, signedData, content, context),
    )
  if (signers.length > 1) findings.push({ code: 'several-signers', severity: 'warning', data: { signers: signers.length } })
  return { ...overall(signers), signers, findings }
}

/** Starts denied: no signer is a failure, one failed or undecided signer decides for all. */
function overall(signers: readonly SignerResult[]): { status: SignerStatus; reason?: SignerReason } {
  if (signers.length === 0) return { status: 'failed', reason: 'no-signer-info' }
  const worst =
    signers.find(({ status }) => status === 'failed') ?? signers.find(({ status }) => status === 'inconclusive') ?? signers[0]
  if (worst === undefined || worst.status === 'passed') return { status: 'passed' }
  return { status: worst.status, ...(worst.reason && { reason: worst.reason }) }
}

/** In a SignerInfo: PKCS #1 v1.5 over the hash of digestAlgorithm (RFC 3370 3.2). */
const rsaEncryption = '1.2.840.113549.1.1.1'

interface Context {
  readonly crypto: CryptoPort
  readonly work: Work
  readonly certificates: readonly Uint8Array[]
  readonly findings: Finding[]
  readonly memory: CertificateMemory
}

async function verifySigner(
  signer: SignerInfo,
  signedData: SignedData,
  content: Uint8Array,
  context: Context,
): Promise<SignerResult> {
  const { crypto, certificates, findings, memory, work } = context
  const digestAlgorithm = hashAlgorithmByOid(signer.digestAlgorithm.oid)
  if (digestAlgorithm === undefined) return { status: 'inconclusive', reason: 'unsupported-algorithm' }
  try {
    const problem = attributesProblem(signer, signedData, content, work.digest(digestAlgorithm))
    if (problem !== undefined) return { status: 'failed', reason: problem, digestAlgorithm }
    const candidates = findSignerCertificates(signer.identifier, certificates, memory)
    let result: SignerResult = { status: 'inconclusive', reason: 'no-signer-certificate', digestAlgorithm }
    for (const certificate of candidates) {
      if (!work.spend(signer)) return { status: 'inconclusive', reason: 'search-exhausted', digestAlgorithm }
      const verdict = await verifyUnder(certificate, signer, content, digestAlgorithm, context)
      result = { ...verdict, certificate, digestAlgorithm }
      if (verdict.status !== 'passed') continue
      const denied = await denialOf(signer, certificate, verdict, digestAlgorithm, crypto)
      if (denied !== undefined) {
        result = { ...result, ...denied }
        continue
      }
      findings.push(...weaknessesOf('signature', undefined, verdict.scheme?.hash, digestAlgorithm))
      const signingTime = signingTimeOf(signer)
      return signingTime === undefined ? result : { ...result, signingTime }
    }
    return result
  } catch (error) {
    // Attributes or names that are not what their types say.
    if (isCccdError(error)) return { status: 'failed', reason: 'structure-wrong', digestAlgorithm }
    throw error
  }
}

/** What a right signature does not make good. */
async function denialOf(
  { signedAttributes }: SignerInfo,
  certificate: Certificate,
  { scheme }: SignatureVerdict,
  digest: HashAlgorithm,
  crypto: CryptoPort,
): Promise<Pick<SignerResult, 'status' | 'reason'> | undefined> {
  if (scheme?.type === 'rsa-pss' && scheme.hash !== digest) return { status: 'failed', reason: 'algorithm-differs' }
  const attributes = signedAttributes?.attributes ?? []
  if (!namesSigningCertificate(attributes)) return undefined
  // No security object names its signer: loaded for signatures that do.
  const { signingCertificateProblem } = await import('../later.js')
  const problem = signingCertificateProblem(attributes, certificate, crypto)
  if (problem === undefined) return undefined
  return { status: problem === 'unsupported-algorithm' ? 'inconclusive' : 'failed', reason: problem }
}

async function verifyUnder(
  certificate: Certificate,
  signer: SignerInfo,
  content: Uint8Array,
  digest: HashAlgorithm,
  { crypto, findings, memory }: Context,
): Promise<SignatureVerdict> {
  const { signatureAlgorithm: algorithm, signature } = signer
  const key = () => memory.keyOf(certificate, crypto)
  const verify = (message: Uint8Array, named = algorithm) =>
    verifySignature({ key, algorithm: named, digest, message, signature })
  const asSent = signedMessage(signer, content)
  const first = await verify(asSent)
  if (first.status !== 'failed') return first
  const sorted = sortedMessage(signer)
  const second = sorted === undefined ? first : await verify(sorted)
  if (second.status === 'passed')
    findings.push({ code: 'signed-attributes-not-sorted', severity: 'warning', clause: 'RFC 5652, 5.4' })
  if (second.status === 'passed' || first.scheme?.type !== 'rsa-pkcs1' || first.scheme.hash === digest) return second
  // Signers exist that name one hash with the signature and sign digestAlgorithm's. PKCS #1 v1.5 states its hash inside: nothing is guessed.
  const other = await verify(asSent, { oid: rsaEncryption })
  if (other.status !== 'passed') return second
  findings.push({ code: 'signature-hash-differs', severity: 'warning', clause: 'RFC 5754, 3.2' })
  return other
}
