import { equalBytes } from '@cccd/core'
import type { Certificate } from '../certificate/Certificate.js'
import type { DistinguishedName } from '../certificate/DistinguishedName.js'
import { PkiError } from '../errors.js'
import { directoryNameKey } from '../names/nameKeys.js'
import { allReasons, type DistributionPoint, distributionPointsOf, namesIssuer, pointNameKeys } from './distributionPoints.js'
import type { RevocationList, RevokedEntry } from './RevocationList.js'
import type { RevocationReason, RevocationVerdict } from './RevocationVerdict.js'

export interface JudgeByListsOptions {
  readonly certificate: Certificate
  readonly lists: readonly RevocationList[]
  /** Instant at which a list must be in force. */
  readonly at: string
  /** Why a list may not be believed: who signed it, and whether that signature is right. Undefined: it may. */
  readonly distrust: (list: RevocationList) => Promise<RevocationReason | undefined>
  /** Lists by these issuers count like those of the certificate's issuer: names that a country CA had or has (Doc 9303-12). */
  readonly alsoIssuedBy?: (issuer: DistinguishedName) => boolean
}

/**
 * RFC 5280 6.3.3: what revocation lists say of a certificate, over its distribution points, with indirect lists, lists for some reasons and
 * delta lists. `good` only when lists in force cover every reason; where they do not, one out of force still tells of what was revoked for good.
 */
export async function judgeByLists(given: JudgeByListsOptions): Promise<RevocationVerdict> {
  const { certificate } = given
  // The youngest first: an older one that is still in force does not know what was revoked since.
  const lists = [...given.lists].sort((a, b) => (a.thisUpdate < b.thisUpdate ? 1 : a.thisUpdate > b.thisUpdate ? -1 : 0))
  const options = { ...given, lists, distrust: once(given.distrust) }
  const points = [...distributionPointsOf(certificate), {}]
  const state: State = { covered: 0, hint: 'no-revocation-data', rank: 0, outOfForce: new Set() }
  for (const point of points)
    for (const list of lists) {
      if (list.baseNumber !== undefined || state.covered === allReasons) continue
      const revoked = await consult(list, point, options, state)
      if (revoked !== undefined) return revoked
    }
  if (state.covered === allReasons && state.by !== undefined) return { status: 'good', source: 'crl', ...periodOf(state.by) }
  const unknown = { status: 'unknown', reason: state.covered === 0 ? state.hint : 'reasons-not-covered' } as const
  return (await revokedForGood(state.outOfForce, options)) ?? unknown
}

/** A list may be consulted for every point; its signature is verified once. */
function once(distrust: JudgeByListsOptions['distrust']): JudgeByListsOptions['distrust'] {
  const known = new Map<RevocationList, Promise<RevocationReason | undefined>>()
  return (list) => {
    const reason = known.get(list) ?? distrust(list)
    known.set(list, reason)
    return reason
  }
}

interface State {
  covered: number
  by?: RevocationList
  /** The nearest miss explains an unknown best. */
  hint: RevocationReason
  rank: number
  /** Stale ones, and those of later. */
  readonly outOfForce: Set<RevocationList>
}

const ranks: readonly RevocationReason[] = [
  'no-revocation-data',
  'revocation-data-scope',
  'revocation-signer-unknown',
  'unsupported-algorithm',
  'revocation-signer-not-allowed',
  'signature-wrong',
  'algorithm-differs',
  'key-wrong',
  'revocation-data-not-yet-valid',
  'revocation-data-stale',
  'revocation-data-critical-extension',
]

function note(state: State, reason: RevocationReason): undefined {
  const rank = ranks.indexOf(reason)
  if (rank > state.rank) Object.assign(state, { hint: reason, rank })
  return undefined
}

async function consult(
  list: RevocationList,
  point: DistributionPoint,
  options: JudgeByListsOptions,
  state: State,
): Promise<RevocationVerdict | undefined> {
  const { certificate, at } = options
  const issued = isIssuedFor(list, point, options)
  if (issued === undefined) return undefined
  if (!issued || !covers(list, point, certificate)) return note(state, 'revocation-data-scope')
  const reasons = (point.reasons ?? allReasons) & (list.distributionPoint?.reasons ?? allReasons) & allReasons
  if ((reasons & ~state.covered) === 0) return undefined
  const late = inForce(list, at)
  if (late === 'revocation-data-stale' || late === 'revocation-data-not-yet-valid') state.outOfForce.add(list)
  const problem = late ?? (await options.distrust(list))
  if (problem !== undefined) return note(state, problem)
  try {
    const entry = await entryOf(list, options)
    if (entry !== undefined) return { status: 'revoked', source: 'crl', ...entry, ...periodOf(list) }
  } catch (error) {
    // An entry that cannot be read may be the one that matters.
    if (error instanceof PkiError) return note(state, 'revocation-data-critical-extension')
    throw error
  }
  state.covered |= reasons
  state.by ??= list
  return undefined
}

/** 6.3.3 (b)(1). Undefined: the list is of somebody else altogether. */
function isIssuedFor(list: RevocationList, point: DistributionPoint, options: JudgeByListsOptions): boolean | undefined {
  const { certificate, alsoIssuedBy } = options
  const direct = directoryNameKey(list.issuer) === directoryNameKey(certificate.issuer) || alsoIssuedBy?.(list.issuer) === true
  if (point.crlIssuer === undefined) return direct ? true : undefined
  if (!namesIssuer(point.crlIssuer, list.issuer)) return direct ? false : undefined
  return list.distributionPoint?.indirect === true || direct
}

/** 6.3.3 (b)(2): what the list says that it is about. */
function covers(
  { distributionPoint: scope, issuer }: RevocationList,
  point: DistributionPoint,
  certificate: Certificate,
): boolean {
  if (scope === undefined) return true
  if (scope.onlyAttributeCertificates) return false
  if (scope.onlyUserCertificates && certificate.isCa) return false
  if (scope.onlyAuthorityCertificates && !certificate.isCa) return false
  if (scope.name === undefined) return true
  const listed = pointNameKeys(scope.name, issuer)
  // A point without a name stands for the list's issuer; no point at all, for the certificate's (RFC 5280 6.3.3).
  const names = point.crlIssuer ?? [{ type: 'directoryName', name: certificate.issuer }]
  const wanted = pointNameKeys(point.name ?? { type: 'full', names }, relativeTo(point, certificate))
  return wanted.some((key) => listed.includes(key))
}

/** A relative name in a certificate is completed with the list issuer that it names, or its own issuer (RFC 5280 4.2.1.13). */
function relativeTo({ crlIssuer = [] }: DistributionPoint, certificate: Certificate): DistinguishedName {
  const named = crlIssuer.find(({ type }) => type === 'directoryName')
  return named?.type === 'directoryName' ? named.name : certificate.issuer
}

function inForce(list: RevocationList, at: string): RevocationReason | undefined {
  if (list.unknownCritical.length > 0) return 'revocation-data-critical-extension'
  if (at < list.thisUpdate) return 'revocation-data-not-yet-valid'
  // RFC 5280 5.1.2.5: every list must say when the next comes; without that nobody knows how old is too old.
  return list.nextUpdate === undefined || at > list.nextUpdate ? 'revocation-data-stale' : undefined
}

/**
 * A revocation is for good, a hold aside (RFC 5280 5.3.1): a list that is stale, or younger than the time in question, is no word for any
 * certificate, but it is one against those that it has revoked before that time.
 */
async function revokedForGood(
  lists: ReadonlySet<RevocationList>,
  { certificate, alsoIssuedBy, at, distrust }: JudgeByListsOptions,
): Promise<RevocationVerdict | undefined> {
  for (const list of lists) {
    if ((await distrust(list)) !== undefined) continue
    const entry = readable(() => list.find(certificate.serialNumber, issuerIn(list, certificate, alsoIssuedBy)))
    if (entry !== undefined && isForGood(entry, at)) return { status: 'revoked', source: 'crl', ...entry, ...periodOf(list) }
  }
  return undefined
}

/** Whether a revocation that somebody stated holds at a time whatever has been stated since. */
export function isForGood({ revokedAt, code }: RevokedEntry, at: string): boolean {
  return revokedAt <= at && code !== 'certificateHold' && code !== 'removeFromCRL'
}

function readable(find: () => RevokedEntry | undefined): RevokedEntry | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof PkiError) return undefined
    throw error
  }
}

/** Whose entries of a list are those of a certificate's issuer. */
function issuerIn(
  list: RevocationList,
  certificate: Certificate,
  alsoIssuedBy: JudgeByListsOptions['alsoIssuedBy'],
): DistinguishedName {
  return alsoIssuedBy?.(list.issuer) === true ? list.issuer : certificate.issuer
}

/** The entry of the complete list, unless a delta list in force says otherwise: 6.3.3 (c), (h) to (k). */
async function entryOf(list: RevocationList, options: JudgeByListsOptions): Promise<RevokedEntry | undefined> {
  const { certificate, lists, at, distrust } = options
  const { serialNumber } = certificate
  const issuer = issuerIn(list, certificate, options.alsoIssuedBy)
  for (const delta of lists) {
    if (!isDeltaOf(delta, list) || inForce(delta, at) !== undefined) continue
    if ((await distrust(delta)) !== undefined) continue
    const change = delta.find(serialNumber, issuer)
    if (change !== undefined) return change.code === 'removeFromCRL' ? undefined : change
  }
  return list.find(serialNumber, issuer)
}

function isDeltaOf(delta: RevocationList, list: RevocationList): boolean {
  if (delta.baseNumber === undefined || delta.number === undefined || list.number === undefined) return false
  if (list.number < delta.baseNumber || list.number >= delta.number) return false
  return (
    (equalBytes(delta.issuer.raw, list.issuer.raw) || directoryNameKey(delta.issuer) === directoryNameKey(list.issuer)) &&
    sameScope(delta, list)
  )
}

function periodOf({ thisUpdate, nextUpdate }: RevocationList): Pick<RevocationVerdict, 'thisUpdate' | 'nextUpdate'> {
  return { thisUpdate, ...(nextUpdate !== undefined && { nextUpdate }) }
}

/** Whether two lists, a complete one and a delta, are of one scope (RFC 5280 5.2.4). */
function sameScope(a: RevocationList, b: RevocationList): boolean {
  const none = new Uint8Array(0)
  return (
    equalBytes(a.distributionPoint?.raw ?? none, b.distributionPoint?.raw ?? none) &&
    equalBytes(a.authorityKeyIdentifier ?? none, b.authorityKeyIdentifier ?? none)
  )
}
