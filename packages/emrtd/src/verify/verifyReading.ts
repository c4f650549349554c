import { type Check, copyBytes, markPersonal } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { isCalendarDate } from '@cccd/identity'
import type { Mrz } from '@cccd/mrz'
import { type ChainResult, type SignerResult, type TrustStore, verifyChain } from '@cccd/pki'
import type { ProfilePolicy } from '@cccd/pki/profile'
import type { RevocationInput } from '@cccd/pki/revocation'
import { dataGroupNumber, fileNames } from '../lds/fileNames.js'
import { tryParseDg14 } from '../lds/parseDg14.js'
import type { SecurityInfo } from '../lds/securityInfos.js'
import type { ChipReading, FileStatus } from '../reading/ChipReading.js'
import { observationOf } from '../reading/observation.js'
import { version } from '../version.js'
import { activeAuthenticationCheck } from './activeAuthenticationCheck.js'
import { CheckList, check } from './CheckList.js'
import { consistencyCheck, type DocumentClaims, expiryCheck } from './documentChecks.js'
import { type ChipClaims, claimsOfChip, claimsOutside, type ExpectedHolder, type QrClaims } from './documentClaims.js'
import { groundsOf } from './Grounds.js'
import { hashChecks } from './hashChecks.js'
import { mergeClaims } from './identityFields.js'
import { liveChecks } from './liveChecks.js'
import type { IssuerServiceAnswer } from './onlineConfirmation.js'
import { checkSecurityObject } from './securityObjectCheck.js'
import { stillReading } from './stillReading.js'
import { summarise } from './summarise.js'
import { type CheckId, checkIds, type VerificationReport } from './VerificationReport.js'

/** What the verifier knows beforehand. */
export interface Expectations extends ExpectedHolder {
  /** The eight bytes that this verifier made for this reading. Without them no answer of a chip proves anything. */
  readonly activeAuthenticationChallenge?: Uint8Array
}

export interface VerifyReadingOptions {
  /** Country CAs and pinned signers; an empty store passes nothing. */
  readonly trust: TrustStore
  /** The time of the verdict: ISO 8601 instant with its zone, or day (its first instant in UTC). */
  readonly at: string
  readonly expect?: Expectations
  /** What the QR of the card says. Unsigned: compared, never believed. */
  readonly qr?: QrClaims
  /** The printed machine readable zone. Unsigned as well. */
  readonly mrz?: Mrz
  /** Revocation lists and OCSP answers, however they were got, and how much must be known; absent: nothing is looked at. */
  readonly revocation?: RevocationInput
  /** Which breaches of the certificate profile of Doc 9303-12 fail `chain.csca`; absent: the profile is not looked at. */
  readonly profile?: ProfilePolicy
  /** Answer of the ministry's service, verified by the caller's provider. */
  readonly issuerAnswer?: IssuerServiceAnswer
  /** Default: the backend of the trust store. */
  readonly crypto?: CryptoPort
}

/**
 * Says what is proven of a reading: passive authentication (signature, hashes, issuer), active authentication, what was seen on the live
 * channel, expiry and consistency. Facts only; whether they are enough is a policy's or {@link requireVerified}'s to say. Bad data in a reading
 * never throws: it fails its check. The reading is copied first: what becomes of it afterwards changes nothing.
 *
 * @throws TypeError, RangeError for arguments that are none: `at` no time, a challenge that is not eight bytes or constant, a file that is no
 *   Uint8Array
 * @example
 * const report = await verifyReading(reading, { trust, at: '2026-01-31T09:00:00Z', expect: { activeAuthenticationChallenge } })
 * checkOf(report, 'aa.signature').status // 'passed'
 */
export async function verifyReading(given: ChipReading, options: VerifyReadingOptions): Promise<VerificationReport> {
  const { trust, expect = {} } = options
  const at = instantOf(options.at)
  const reading = stillReading(given)
  const expectedChallenge = challengeOf(expect)
  const crypto = options.crypto ?? trust.crypto
  const list = new CheckList()
  const { SOD: sod, DG14: dg14 } = reading.files

  const { opened, signer } = await checkSecurityObject(sod, list, { trust, crypto })
  const securityObject = opened?.value
  const signed = list.passed('sod.signature')
  list.add(...hashChecks({ reading, securityObject, signed, crypto }))

  const chip = await claimsOfChip(reading, at)
  list.findings.push(...chip.findings)
  const document = documentOf(chip, list)
  const { revocation, profile } = options
  const { path, sources } = await checkIssuer(signer, { trust, at, crypto, list, document, revocation, profile })
  const { issuerAnswer } = options
  list.add(
    issuerAnswer === undefined
      ? check('online.issuer', 'not-performed', 'none-given')
      : (await import('../later.js')).onlineIssuerCheck(issuerAnswer, sod, list, crypto),
  )

  const grounds = groundsOf(list, securityObject)
  const securityInfos = dg14 === undefined ? undefined : infosOf(dg14, list)
  list.add(await activeAuthenticationCheck({ reading, grounds, expectedChallenge, securityInfos, list, crypto }))
  const observation = observationOf(given, reading.files)
  const mapped = observation?.chipAuthenticationMapping !== undefined ? reading.files.CardSecurity : undefined
  const cardSecurity =
    mapped === undefined
      ? undefined
      : await (await import('../later.js')).authenticCardSecurity(mapped, {
          trust,
          at,
          crypto,
          document,
          revocation,
          profile,
        })
  const refusedDg14 = wasRefused(reading.fileStatus.DG14)
  list.add(...liveChecks({ observation, grounds, securityInfos, refusedDg14, cardSecurity, crypto }))

  const claims: DocumentClaims[] = [
    ...chip.claims.map((claim) => ({ ...claim, authentic: grounds.authentic(Number(claim.source.slice(2))) })),
    ...claimsOutside({ ...options, expect }),
  ]
  const merged = mergeClaims(claims)
  const authentic = claims.filter((claim) => claim.authentic)
  const others = claims.filter((claim) => !claim.authentic)
  list.add(expiryCheck(claims, at), consistencyCheck(claims, merged))

  const checks = inOrder(list.checks)
  const present = fileNames.filter((file) => dataGroupNumber(file) !== undefined && reading.files[file] !== undefined)
  return {
    version: 1,
    checks,
    summary: summarise(checks, grounds.issuer, present),
    identity: markPersonal(others.length === 0 ? merged : mergeClaims(authentic), 'Identity'),
    unverified: markPersonal(authentic.length === 0 ? merged : mergeClaims(others), 'Unverified'),
    findings: list.findings,
    path,
    at,
    trust: { digest: trust.digest, sources },
    ...(revocation && { revocation: (await import('../later.js')).revocationUsed(revocation, crypto) }),
    software: { name: '@cccd/emrtd', version },
  }
}

interface DocumentKind {
  readonly country: string
  readonly type?: string
}

/** Only a signed DG1 says of which country and kind the document is; without one, a Vietnamese DG13 that it is Vietnam's. */
function documentOf({ mrz, claims }: ChipClaims, list: CheckList): DocumentKind | undefined {
  if (mrz !== undefined && list.passed('dg1.hash')) return { country: mrz.issuingState, type: mrz.documentCode }
  return claims.some(({ source }) => source === 'DG13') ? { country: 'VNM' } : undefined
}

interface IssuerCheckContext {
  readonly trust: TrustStore
  readonly at: string
  readonly document: DocumentKind | undefined
  readonly revocation: RevocationInput | undefined
  readonly profile: ProfilePolicy | undefined
  readonly crypto: CryptoPort
  readonly list: CheckList
}

const chainIds = ['chain.csca', 'chain.validity-at-signing', 'chain.validity-now', 'signer.pinned'] as const

/** `chain.*` and `signer.pinned`: questions about a signer whose signature passed. */
async function checkIssuer(
  signer: SignerResult | undefined,
  { trust, at, document, revocation, profile, crypto, list }: IssuerCheckContext,
): Promise<Pick<ChainResult, 'path' | 'sources'>> {
  if (signer?.certificate === undefined) {
    list.add(...chainIds.map((id) => check(id, 'not-performed', 'sod-not-verified')))
    return { path: [], sources: [] }
  }
  const result = await verifyChain({
    signer: signer.certificate,
    signingTime: signer.signingTime,
    trust,
    at,
    document,
    revocation,
    profile,
    crypto,
  })
  list.add(...result.checks)
  list.findings.push(...result.findings)
  return result
}

function wasRefused(status: FileStatus | undefined): boolean {
  return status?.status === 'not-found' || status?.status === 'access-denied' || status?.status === 'failed'
}

function infosOf(dg14: Uint8Array, list: CheckList): readonly SecurityInfo[] | undefined {
  const outcome = tryParseDg14(dg14)
  if (outcome.ok) return outcome.value.securityInfos
  list.findings.push({ code: 'file-malformed', severity: 'error', field: 'DG14', data: { error: outcome.error.code } })
  return undefined
}

const places: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(checkIds.map((id, index) => [id, index]))
const placeOf = ({ id }: Check<CheckId>): number => places.get(id) ?? checkIds.length

function inOrder(checks: readonly Check<CheckId>[]): Check<CheckId>[] {
  return [...checks].sort((a, b) => placeOf(a) - placeOf(b))
}

/** A day, or an instant with its zone: one without would mean another time on another machine. */
const instantForm = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/

function instantOf(at: string): string {
  // Date.parse takes 31 February for 3 March.
  const exists = typeof at === 'string' && instantForm.test(at) && isCalendarDate(at.slice(0, 10))
  const time = exists ? Date.parse(at) : Number.NaN
  if (Number.isNaN(time)) throw new RangeError('at must be an ISO 8601 day, or an instant with its zone')
  return new Date(time).toISOString()
}

/** Apps that send eight zero bytes exist: such an answer can be replayed for ever. */
function challengeOf({ activeAuthenticationChallenge: given }: Expectations): Uint8Array | undefined {
  if (given === undefined) return undefined
  const challenge = copyBytes(given, 'expect.activeAuthenticationChallenge')
  if (challenge.length !== 8) throw new RangeError('expect.activeAuthenticationChallenge must have eight bytes')
  if (challenge.every((byte) => byte === challenge[0]))
    throw new RangeError('expect.activeAuthenticationChallenge must not be constant')
  return challenge
}
