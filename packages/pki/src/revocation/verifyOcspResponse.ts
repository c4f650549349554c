import { equalBytes } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import type { Certificate } from '../certificate/Certificate.js'
import { readableCertificates } from '../certificate/readableCertificates.js'
import { verifySignature } from '../certificate/verifySignature.js'
import { readInstant } from '../chain/checkValidity.js'
import { PkiError } from '../errors.js'
import { directoryNameKey } from '../names/nameKeys.js'
import { validatePath } from '../path/validatePath.js'
import { importKey } from '../trust/KeyCache.js'
import { identifies, publicKeyBits } from './certificateId.js'
import { isForGood } from './judgeByLists.js'
import { type BasicOcspResponse, type OcspResponse, type OcspSingleResponse, ocspOids } from './OcspResponse.js'
import type { RevocationReason, RevocationVerdict } from './RevocationVerdict.js'

export interface VerifyOcspResponseOptions {
  readonly response: OcspResponse
  readonly certificate: Certificate
  /** Who issued the certificate: trusted by the caller, as an anchor or at the end of a path that passed. */
  readonly issuer: Certificate
  /** When the answer must be in force: day or instant, ISO 8601. */
  readonly at: string
  /** The nonce of the request. An answer with another, or with none, decides nothing. */
  readonly nonce?: Uint8Array
  /** For responders that answer from a cache: an answer without a nonce counts all the same. */
  readonly allowMissingNonce?: boolean
  /** How old an answer without nextUpdate may be, in seconds (default: one day). */
  readonly maxAge?: number
  /** Asked for a delegated responder without id-pkix-ocsp-nocheck. */
  readonly responderRevoked?: (responder: Certificate) => Promise<boolean>
  readonly crypto?: CryptoPort
}

/** Clocks of responders run ahead; this much is forgiven, in seconds. */
const skew = 300
const defaultMaxAge = 86_400

/**
 * What an OCSP answer says of a certificate, when it may say so (RFC 6960 3.2): it is about this certificate of this issuer, signed by the
 * issuer itself or by a responder that the issuer certified for id-kp-OCSPSigning, in force at the time, and with the nonce that was sent.
 * Anything else is `unknown` with the reason, but for a revocation: one that is for good (no hold) holds after the answer's own time, too.
 *
 * @throws RangeError for a time that is none. Nothing bad in the answer throws.
 * @example
 * const { status } = await verifyOcspResponse({ response: parseOcspResponse(der), certificate, issuer, at: '2026-01-31T09:00:00Z' })
 */
export async function verifyOcspResponse(options: VerifyOcspResponseOptions): Promise<RevocationVerdict> {
  const at = readInstant(options.at, 'at')
  try {
    return await judge(options, at)
  } catch (error) {
    if (error instanceof PkiError) return unknown('key-wrong')
    throw error
  }
}

const unknown = (reason: RevocationReason): RevocationVerdict => ({ status: 'unknown', reason, source: 'ocsp' })

async function judge(options: VerifyOcspResponseOptions, at: string): Promise<RevocationVerdict> {
  const { response, certificate, issuer } = options
  const { basic } = response
  const crypto = options.crypto ?? (await loadCrypto())
  if (basic === undefined) return unknown('no-revocation-data')
  if (basic.unknownCritical.length > 0) return unknown('revocation-data-critical-extension')
  const answers = basic.responses.filter(({ id }) => identifies(id, certificate, issuer, crypto))
  if (answers.length === 0) return unknown('revocation-data-scope')
  const problem = nonceProblem(basic, options) ?? (await signatureProblem(basic, options, at, crypto))
  if (problem !== undefined) return unknown(problem)
  let best = unknown('revocation-data-stale')
  for (const answer of answers) {
    const late = forceProblem(answer, at, options.maxAge ?? defaultMaxAge)
    const verdict = late === undefined || isRevokedForGood(answer, at) ? verdictOf(answer) : unknown(late)
    if (verdict.status === 'revoked') return verdict
    if (best.status === 'unknown') best = verdict
  }
  return best
}

/** An answer out of force is no word for a certificate, but what it has revoked stays revoked. */
function isRevokedForGood({ status, revokedAt, code }: OcspSingleResponse, at: string): boolean {
  return status === 'revoked' && revokedAt !== undefined && isForGood({ revokedAt, ...(code && { code }) }, at)
}

function verdictOf({ status, revokedAt, code, thisUpdate, nextUpdate }: OcspSingleResponse): RevocationVerdict {
  return {
    status,
    source: 'ocsp',
    ...(status === 'unknown' && { reason: 'revocation-unknown' as const }),
    ...(revokedAt !== undefined && { revokedAt }),
    ...(code !== undefined && { code }),
    thisUpdate,
    ...(nextUpdate !== undefined && { nextUpdate }),
  }
}

function nonceProblem({ nonce }: BasicOcspResponse, options: VerifyOcspResponseOptions): RevocationReason | undefined {
  if (options.nonce === undefined) return undefined
  if (nonce === undefined) return options.allowMissingNonce === true ? undefined : 'nonce-differs'
  return equalBytes(nonce, options.nonce) ? undefined : 'nonce-differs'
}

/** RFC 6960 4.2.2.1. */
function forceProblem({ thisUpdate, nextUpdate }: OcspSingleResponse, at: string, maxAge: number): RevocationReason | undefined {
  const now = Date.parse(at)
  const since = Date.parse(thisUpdate)
  if (since > now + skew * 1000) return 'revocation-data-not-yet-valid'
  const until = nextUpdate === undefined ? since + maxAge * 1000 : Date.parse(nextUpdate)
  return now > until ? 'revocation-data-stale' : undefined
}

async function signatureProblem(
  basic: BasicOcspResponse,
  options: VerifyOcspResponseOptions,
  at: string,
  crypto: CryptoPort,
): Promise<RevocationReason | undefined> {
  const { issuer, responderRevoked } = options
  let reason: RevocationReason = 'revocation-signer-unknown'
  for (const signer of [issuer, ...readableCertificates(basic.certificates)]) {
    if (!isNamed(signer, basic, crypto)) continue
    const { status, reason: why = 'signature-wrong' } = await verifySignature({
      key: () => importKey(signer, crypto),
      algorithm: basic.signatureAlgorithm,
      message: basic.tbs,
      signature: basic.signature,
    })
    if (status !== 'passed') reason = why
    else if (equalBytes(signer.raw, issuer.raw)) return undefined
    else if (!(await isDelegated(signer, issuer, at, crypto))) reason = 'revocation-signer-not-allowed'
    else if (mustBeChecked(signer) && (await responderRevoked?.(signer)) === true) reason = 'revocation-signer-not-allowed'
    else return undefined
  }
  return reason
}

/** KeyHash is SHA-1 over the key's bits, whatever hash the identifiers use (RFC 6960 4.2.1). */
function isNamed(signer: Certificate, { responder }: BasicOcspResponse, crypto: CryptoPort): boolean {
  if (responder.type === 'name') return directoryNameKey(signer.subject) === directoryNameKey(responder.name)
  return equalBytes(crypto.hash('sha1', publicKeyBits(signer)), responder.keyHash)
}

/** RFC 6960 4.2.2.2: certified by the issuer itself, directly, and for this purpose by name: any purpose is not enough. */
async function isDelegated(responder: Certificate, issuer: Certificate, at: string, crypto: CryptoPort): Promise<boolean> {
  const { status } = await validatePath({
    path: [responder],
    anchor: issuer,
    at,
    crypto,
    extendedKeyUsage: ocspOids.signing,
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    understoodExtensions: [ocspOids.noCheck],
  })
  return status === 'passed' && responder.extendedKeyUsage?.includes(ocspOids.signing) === true
}

function mustBeChecked(responder: Certificate): boolean {
  return !responder.extensions.some(({ oid }) => oid === ocspOids.noCheck)
}
