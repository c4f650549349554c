import { type CccdError, isCccdError } from '@cccd/core'
import type { AccessCandidate } from '../access/AccessCandidate.js'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import type { SessionKeys } from '../channel/SessionKeys.js'
import { secureMessaging } from '../channel/secureMessaging.js'
import { EmrtdError } from '../errors.js'
import type { PaceInfo } from '../lds/securityInfos.js'
import { type PaceOptions, type PaceResult, pace } from '../pace/pace.js'
import { type PaceOffer, rankPaceInfos } from '../pace/rankPaceInfos.js'
import type { AccessRecord, RefusedAccess } from '../reading/ChipReading.js'
import type { ChipSession } from './ChipSession.js'
import { selectApplication } from './selectApplication.js'

/**
 * Opens the chip with the first candidate that works: PACE before BAC, BAC only where allowed. Everything that was refused is
 * recorded, so a silent step down from PACE to BAC cannot happen.
 *
 * @throws EmrtdError the refusal of the first candidate that was tried: `PACE_WRONG_PASSWORD`, `PACE_BLOCKED`, `PACE_FAILED`,
 * `PACE_SUSPENDED`, `PACE_DEACTIVATED`, `PACE_BAD_ANSWER`, `PACE_NOT_OFFERED`, `PACE_UNSUPPORTED`, `BAC_…`; `EMRTD_ACCESS_DENIED` when no candidate may be tried
 * @throws TransportError when the link fails
 */
export async function openAccess(session: ChipSession): Promise<AccessRecord> {
  const refused: RefusedAccess[] = []
  let firstError: CccdError | undefined
  for (const [index, candidate] of session.candidates.entries()) {
    if (candidate.protocol === 'BAC' && !session.allowBac) continue
    try {
      return await openWith(session, candidate, index, refused)
    } catch (error) {
      if (!isAccessRefusal(error)) throw error
      firstError ??= error
      const { protocol, password } = candidate
      refused.push({ protocol, password, reason: error.code, ...(error.sw === undefined ? {} : { sw: error.sw }) })
    }
  }
  throw firstError ?? new EmrtdError('EMRTD_ACCESS_DENIED', 'no way into the chip may be tried', { step: 'open' })
}

/**
 * The way that worked, once more and no other: for a chip that dropped its protected channel. What is on record holds for the whole
 * read, so nobody can step down behind it.
 */
export async function reopenAccess(session: ChipSession, record: AccessRecord): Promise<void> {
  const candidate = session.candidates[record.candidate] as AccessCandidate
  await openWith(session, candidate, record.candidate, record.refused, record)
}

function isAccessRefusal(error: unknown): error is CccdError {
  return isCccdError(error) && /^(PACE|BAC)_/.test(error.code)
}

async function openWith(
  session: ChipSession,
  candidate: AccessCandidate,
  index: number,
  refused: readonly RefusedAccess[],
  before?: AccessRecord,
): Promise<AccessRecord> {
  const offered = (session.cardAccess?.infos ?? []).flatMap((info) => (info.type === 'pace' ? [info.oid] : []))
  const common = {
    password: candidate.password,
    candidate: index,
    cardAccess: session.cardAccess?.source ?? 'not-read',
    offered,
    refused,
  } as const
  if (candidate.protocol === 'BAC') {
    // BAC lives inside the application (Doc 9303-11, 4.3), PACE outside (4.4).
    await selectApplication(session)
    const { bac } = await import('../bac/bac.js')
    await protect(session, await bac(session.channel, { ...session.context, mrz: candidate }))
    return { protocol: 'BAC', cipher: '3DES', ...common }
  }
  const { info, parameters, explicit } = await openWithPace(session, candidate, before)
  return {
    protocol: 'PACE',
    oid: info.oid,
    mapping: info.mapping,
    cipher: info.cipher,
    ...(info.parameterId === undefined ? {} : { parameterId: info.parameterId }),
    ...(explicit === true ? { explicitParameters: true } : {}),
    ...(parameters.deprecated === true ? { deprecatedParameters: true } : {}),
    ...common,
  }
}

async function openWithPace(
  session: ChipSession,
  password: Extract<AccessCandidate, { protocol: 'PACE' }>,
  before?: AccessRecord,
): Promise<PaceOffer> {
  const all = session.cardAccess?.infos ?? []
  const infos = all.filter((info) => info.type === 'pace')
  if (infos.length === 0) throw new EmrtdError('PACE_NOT_OFFERED', 'the chip offers no PACE', { step: 'open' })
  const offers = rankPaceInfos(all, session.context.crypto).filter(({ info }) => before === undefined || isSame(info, before))
  if (offers.length === 0)
    throw new EmrtdError('PACE_UNSUPPORTED', 'the chip offers no variant of PACE that there is', { step: 'open' })
  const nameParameters = new Set(infos.map((info) => info.parameterId)).size > 1
  let refusal: unknown
  for (const offer of offers) {
    const { info, parameters } = offer
    try {
      await openOffer(session, { ...context(session), info, parameters, password, nameParameters })
      return offer
    } catch (error) {
      // Refused before a password was shown: the next offer may be the one that the chip means.
      if (!(isCccdError(error, 'PACE_FAILED') && error.step === 'pace.select-protocol')) throw error
      refusal ??= error
    }
  }
  throw refusal
}

function context({ context, limits }: ChipSession): ProtocolContext {
  return { ...context, extendedLength: (limits.answerLength ?? 0) > 256 && limits.refusesExtended !== true }
}

/** A PIN with one try left is suspended until the card access number was shown (TR-03110-2, 3.3): PACE with it, and inside that with the PIN. */
async function openOffer(session: ChipSession, options: PaceOptions): Promise<void> {
  const { password } = options
  try {
    await take(session, await pace(session.channel, options), options)
  } catch (error) {
    const can = password.password === 'PIN' ? password.can : undefined
    if (can === undefined || !isCccdError(error, 'PACE_SUSPENDED')) throw error
    const keys = await pace(session.channel, { ...options, password: { password: 'CAN', value: can } })
    const resumed = await secureMessaging(session.channel, keys, session.context.crypto)
    await take(session, await pace(resumed, options), options).finally(() => resumed.end())
  }
}

async function take(session: ChipSession, keys: PaceResult, { info, parameters }: PaceOptions): Promise<void> {
  await protect(session, keys)
  const { chipAuthentication } = keys
  session.mapped =
    chipAuthentication === undefined || parameters === undefined ? undefined : { ...chipAuthentication, info, parameters }
}

function isSame(info: PaceInfo, { oid, parameterId }: AccessRecord): boolean {
  return info.oid === oid && info.parameterId === parameterId
}

async function protect(session: ChipSession, keys: SessionKeys): Promise<void> {
  session.secure = await secureMessaging(session.channel, keys, session.context.crypto)
}
