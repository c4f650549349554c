import { CccdError, type Check, equalBytes } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { type PaceInfo, parseSecurityInfos, type SecurityInfo } from '../lds/securityInfos.js'
import { type PaceOffer, rankPaceInfos } from '../pace/rankPaceInfos.js'
import type { Observation, ObservedAuthentication } from '../reading/observation.js'
import { check } from './CheckList.js'
import type { Grounds } from './Grounds.js'
import type { CheckId } from './VerificationReport.js'

/** Checks of the live channel: they pass only for who drove it. */
export interface LiveCheckInput {
  readonly observation: Observation | undefined
  readonly grounds: Grounds
  /** Infos of DG14 when it is there and could be read. */
  readonly securityInfos: readonly SecurityInfo[] | undefined
  /** Whether DG14 was asked for and the chip did not give it. */
  readonly refusedDg14: boolean
  /** Infos of an EF.CardSecurity whose signature passed and whose issuer is confirmed. */
  readonly cardSecurity: readonly SecurityInfo[] | undefined
  readonly crypto: CryptoPort
}

export function liveChecks(input: LiveCheckInput): Check<CheckId>[] {
  return [
    chipAuthenticationCheck(input),
    mappingCheck(input),
    downgradeCheck(input),
    cardAccessCheck(input),
    protocolCheck(input),
  ]
}

const notObserved = (id: CheckId): Check<CheckId> => check(id, 'inconclusive', 'not-observed')

/** `ca.keys`: the session keys came out of the key in an authentic DG14 (Doc 9303-11, 6.2). */
function chipAuthenticationCheck({ observation, grounds, securityInfos, refusedDg14 }: LiveCheckInput): Check<CheckId> {
  const id = 'ca.keys'
  const authentic = grounds.authentic(14)
  const withheld = grounds.lists(14) && refusedDg14
  const keys = securityInfos?.filter((info) => info.type === 'chip-authentication-public-key') ?? []
  if (grounds.authenticList && !grounds.lists(14)) return check(id, 'not-supported')
  if (authentic && securityInfos !== undefined && keys.length === 0) return check(id, 'not-supported')
  if (observation === undefined) return notObserved(id)
  const seen = observation.chipAuthentication
  if (seen === undefined || seen.status === 'not-asked' || seen.status === 'not-offered')
    // A chip that hides the listed DG14 was not left unasked.
    return withheld ? check(id, 'inconclusive', 'key-not-authentic') : check(id, 'not-performed', 'not-asked')
  const data = authenticationData(seen)
  if (seen.status === 'failed') return failedAuthentication(id, seen, authentic)
  if (!authentic) return check(id, 'inconclusive', 'key-not-authentic', data)
  const known = keys.some((info) => equalBytes(info.publicKeyInfo, seen.publicKeyInfo))
  return known ? check(id, 'passed', undefined, data) : check(id, 'failed', 'other-key', data)
}

/** A chip may lack what an unsigned list offers; only an authentic offer makes its refusal a failure. */
function failedAuthentication(id: CheckId, seen: ObservedAuthentication, authentic: boolean): Check<CheckId> {
  const data = authenticationData(seen)
  if (seen.reason === 'unsupported-algorithm') return check(id, 'inconclusive', 'unsupported-algorithm', data)
  // The read ended before an answer under the new keys came.
  if (seen.reason === 'not-proven') return check(id, 'inconclusive', 'not-proven', data)
  if (seen.reason === 'refused' && !authentic) return check(id, 'inconclusive', 'key-not-authentic', data)
  return check(id, 'failed', seen.reason ?? 'session-keys-wrong', data)
}

function authenticationData({ oid, keyId }: ObservedAuthentication) {
  return { oid, ...(keyId === undefined ? {} : { keyId }) }
}

/** `cam.key`: PACE with chip-authentication mapping used the key whose id is the PACE parameter id (Doc 9303-11, 9.2.6). */
function mappingCheck({ observation, grounds, securityInfos, cardSecurity }: LiveCheckInput): Check<CheckId> {
  const id = 'cam.key'
  const offered = paceInfos(securityInfos).some(({ mapping }) => mapping === 'CAM')
  if (grounds.authenticList && !grounds.lists(14)) return check(id, 'not-supported')
  if (grounds.authentic(14) && securityInfos !== undefined && !offered) return check(id, 'not-supported')
  if (observation === undefined) return notObserved(id)
  const seen = observation.chipAuthenticationMapping
  if (seen === undefined || seen.status === 'not-asked' || seen.status === 'not-offered')
    return check(id, 'not-performed', 'not-asked')
  const signedOffer = cardSecurity !== undefined || (grounds.authentic(14) && offered)
  if (seen.status === 'failed') return failedAuthentication(id, seen, signedOffer)
  const data = authenticationData(seen)
  if (cardSecurity === undefined) return check(id, 'inconclusive', 'key-not-authentic', data)
  const { parameterId } = observation.access
  const known = cardSecurity.some(
    (info) =>
      info.type === 'chip-authentication-public-key' &&
      info.keyId === parameterId &&
      equalBytes(info.publicKeyInfo, seen.publicKeyInfo),
  )
  return known ? check(id, 'passed', undefined, data) : check(id, 'failed', 'other-key', data)
}

function paceInfos(infos: readonly SecurityInfo[] | undefined): PaceInfo[] {
  return infos?.filter((info) => info.type === 'pace') ?? []
}

/**
 * `pace.downgrade`: nobody between chip and terminal talked them into a weaker protocol than the signed list offers: what ran is the best of
 * the list, by the order in which offers are taken up.
 */
function downgradeCheck({ observation, grounds, securityInfos = [], crypto }: LiveCheckInput): Check<CheckId> {
  const id = 'pace.downgrade'
  if (observation === undefined) return notObserved(id)
  const infos = grounds.authentic(14) ? securityInfos : []
  if (paceInfos(infos).length === 0) return check(id, 'inconclusive', 'not-listed')
  const { protocol, oid, parameterId, cipher } = observation.access
  if (protocol === 'BAC') return check(id, 'failed', 'bac-used')
  const isUsed = (info: SecurityInfo): boolean => info.type === 'pace' && info.oid === oid && info.parameterId === parameterId
  // Of equal offers the first stays first: what ran, unless another is better.
  const [best, ...others] = rankPaceInfos([...infos.filter(isUsed), ...infos.filter((info) => !isUsed(info))], crypto)
  const used = [best, ...others].find((offer) => offer !== undefined && isUsed(offer.info))
  if (best === undefined || used === undefined) return check(id, 'failed', 'not-offered')
  return best === used ? check(id, 'passed', undefined, { cipher }) : check(id, 'failed', weakness(used, best), { cipher })
}

function weakness(used: PaceOffer, best: PaceOffer): 'weaker-mapping' | 'weaker-cipher' | 'weaker-parameters' {
  if (used.parameters.deprecated !== best.parameters.deprecated) return 'weaker-parameters'
  if (best.info.mapping === 'CAM' && used.info.mapping !== 'CAM') return 'weaker-mapping'
  return used.info.cipher === best.info.cipher ? 'weaker-parameters' : 'weaker-cipher'
}

/** `card-access.match`: the PACE offers of the unsigned EF.CardAccess, and parameters written out for them, are those of the signed DG14. */
function cardAccessCheck({ observation, grounds, securityInfos }: LiveCheckInput): Check<CheckId> {
  const id = 'card-access.match'
  if (observation === undefined) return notObserved(id)
  const { cardAccess } = observation
  if (cardAccess === undefined) return check(id, 'not-performed', 'not-read')
  const signed = grounds.authentic(14) ? offersIn(securityInfos) : []
  if (signed.length === 0) return check(id, 'inconclusive', 'not-listed')
  const read = offersIn(infosOf(cardAccess))
  const covered = (inner: SecurityInfo, others: readonly SecurityInfo[]): boolean =>
    others.some(({ raw }) => equalBytes(raw, inner.raw))
  const same = read.every((info) => covered(info, signed)) && signed.every((info) => covered(info, read))
  return same ? check(id, 'passed') : check(id, 'failed', 'differs')
}

function offersIn(infos: readonly SecurityInfo[] = []): SecurityInfo[] {
  return infos.filter(({ type }) => type === 'pace' || type === 'pace-domain-parameters')
}

/** A file that is no list of infos offers nothing. */
function infosOf(cardAccess: Uint8Array): SecurityInfo[] {
  try {
    return parseSecurityInfos(cardAccess, { allowTrailing: true })
  } catch (error) {
    if (CccdError.is(error)) return []
    throw error
  }
}

/** `access.protocol`: which password and protocol opened the chip. */
function protocolCheck({ observation }: LiveCheckInput): Check<CheckId> {
  if (observation === undefined) return notObserved('access.protocol')
  const { protocol, password, cipher, mapping, cardAccess, refused, deprecatedParameters } = observation.access
  return check('access.protocol', 'passed', undefined, {
    protocol,
    password,
    cipher,
    ...(mapping === undefined ? {} : { mapping }),
    ...(deprecatedParameters === undefined ? {} : { deprecatedParameters }),
    cardAccess,
    refused: refused.length,
  })
}
