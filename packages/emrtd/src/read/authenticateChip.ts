import { type CccdError, isCccdError } from '@cccd/core'
import { chipAuthentication } from '../authentication/chipAuthentication.js'
import { type ChipAuthenticationChoice, chooseChipAuthentication } from '../authentication/chooseChipAuthentication.js'
import { secureMessaging } from '../channel/secureMessaging.js'
import { tryParseDg14 } from '../lds/parseDg14.js'
import { type ChipAuthenticationState, type ChipSession, exchange, timed } from './ChipSession.js'
import { isComplete } from './PartialReading.js'
import { isChannelLost, reopenChip } from './reopenChip.js'

/**
 * Chip Authentication with the key of DG14, as read. From here on the channel runs under its keys; the next exchange proves them.
 * A chip that refuses, or answers nothing usable, is recorded as failed and, where it dropped the channel, opened again.
 *
 * @throws TransportError when the link fails
 */
export async function authenticateChip(session: ChipSession): Promise<void> {
  const choice = chosen(session)
  if (choice === undefined) return
  if (typeof choice === 'string') {
    const unsupported = { status: 'failed', reason: 'unsupported-algorithm' } as const
    session.chipAuthentication = choice === 'not-offered' ? { status: 'not-offered' } : unsupported
    return
  }
  await timed(session, { step: 'chip-authentication' }, () => runChipAuthentication(session, choice))
}

/** Where nothing was read after Chip Authentication: one byte of the SOD, so that its keys are proven or not. */
export async function proveChipAuthentication(session: ChipSession): Promise<void> {
  if (session.chipAuthentication?.status !== 'unproven') return
  try {
    await exchange(session, 'chip-authentication', { cla: 0, ins: 0xb0, p1: 0x9d, p2: 0, le: 1 })
  } catch (error) {
    if (!isChannelLost(error)) throw error
    session.chipAuthentication = { ...session.chipAuthentication, status: 'failed', reason: 'session-keys-wrong' }
  }
}

function chosen(session: ChipSession): ChipAuthenticationChoice | 'not-offered' | 'unsupported' | undefined {
  const file = session.partial.files.DG14
  if (!isComplete(file)) return undefined
  const parsed = tryParseDg14(file.bytes)
  return parsed.ok ? chooseChipAuthentication(parsed.value.securityInfos) : undefined
}

async function runChipAuthentication(session: ChipSession, choice: ChipAuthenticationChoice): Promise<void> {
  const { oid, keyId, publicKeyInfo } = choice
  const about = { oid, publicKeyInfo, ...(keyId === undefined ? {} : { keyId }) }
  try {
    const { limits } = session
    const extendedLength = (limits.answerLength ?? 0) > 256 && limits.refusesExtended !== true
    const keys = await chipAuthentication(session.secure ?? session.channel, { ...session.context, extendedLength, choice })
    session.secure?.end()
    session.secure = await secureMessaging(session.channel, keys, session.context.crypto)
    session.chipAuthentication = { status: 'unproven', ...about }
  } catch (error) {
    if (isChannelLost(error)) {
      session.chipAuthentication = failure(about, error)
      await reopenChip(session, error)
    } else if (isCccdError(error) && error.code.startsWith('CHIP_AUTHENTICATION_')) {
      session.chipAuthentication = failure(about, error)
    } else throw error
  }
}

function failure(
  about: Pick<ChipAuthenticationState, 'oid' | 'keyId' | 'publicKeyInfo'>,
  { code, sw, params }: CccdError,
): ChipAuthenticationState {
  const detail = typeof params.reason === 'string' ? params.reason : 'refused'
  const reason = code === 'CHIP_AUTHENTICATION_UNSUPPORTED' ? 'unsupported-algorithm' : detail
  return { status: 'failed', reason, ...about, ...(sw === undefined ? {} : { sw }) }
}
