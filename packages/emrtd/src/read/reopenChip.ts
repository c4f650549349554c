import { type CccdError, isCccdError } from '@cccd/core'
import { type ChipSession, exchange } from './ChipSession.js'
import { reopenAccess } from './openAccess.js'
import { selectApplication } from './selectApplication.js'

/** Whether an error means that the protected channel is gone while the link still stands. */
export function isChannelLost(error: unknown): error is CccdError {
  return (
    isCccdError(error) && (error.code === 'SM_CHANNEL_LOST' || error.code === 'SM_MAC_WRONG' || error.code === 'SM_BAD_ANSWER')
  )
}

/**
 * Opens the chip again with the key that worked, after the protected channel broke, and selects the application if it was.
 * @throws `cause` when the chip was opened again too often, or was never open
 */
export async function reopenChip(session: ChipSession, cause: CccdError): Promise<void> {
  const { record } = session
  if (record === undefined || session.reopenings === 0) throw cause
  session.reopenings--
  session.secure?.end()
  session.secure = undefined
  const { chipAuthentication } = session
  // The channel broke before one answer came under the new keys: the chip does not hold the key of DG14, and no answer on the
  // channel to come may prove it.
  if (chipAuthentication?.status === 'unproven')
    session.chipAuthentication = { ...chipAuthentication, status: 'failed', reason: 'session-keys-wrong' }
  // A plain command ends what is left of the old channel. The answer does not matter: on the Vietnamese card it is 6D00.
  const master = Uint8Array.of(0x3f, 0x00)
  await exchange(session, 'reopen', { cla: 0, ins: 0xa4, p1: 0, p2: 0x0c, data: master })
  await reopenAccess(session, record)
  // EF.CardSecurity is still being read: inside the application its identifiers would answer with the SOD.
  if (!session.applicationSelected) return
  if (session.mapped !== undefined) await (await import('../later.js')).proveMapping(session)
  if (record.protocol === 'PACE') await selectApplication(session)
}
