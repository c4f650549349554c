import type { CardChannel } from '@cccd/iso7816'
import { type ChipSession, startSession, timed } from './ChipSession.js'
import { openAccess } from './openAccess.js'
import type { ReadChipOptions } from './ReadChipOptions.js'
import { readCardAccess } from './readCardAccess.js'
import { readExtendedLength } from './readExtendedLength.js'
import { readFile } from './readFile.js'
import { readMasterFiles } from './readMasterFiles.js'
import { selectApplication } from './selectApplication.js'

/**
 * Opens a chip and stops there, with the LDS application selected: for tools that look at a chip step by step. `readFile`,
 * `authenticateChip` and `authenticateActively` go on from the session; `readChip` does all of it.
 *
 * @throws as {@link readChip}
 * @example
 * const session = await openChip(channel, { access: accessFromCan('500540') })
 * await readFile(session, 'COM') // { status: 'read' }
 * session.limits.largestBlock
 */
export async function openChip(channel: CardChannel, options: ReadChipOptions): Promise<ChipSession> {
  const session = await startSession(channel, options)
  try {
    session.cardAccess = await timed(session, { step: 'card-access' }, () => readCardAccess(session))
    await timed(session, { step: 'extended-length' }, () => readExtendedLength(session))
    const { masterFiles = [] } = options
    if (masterFiles.length > 0)
      session.masterFiles = await timed(session, { step: 'master-files' }, () => readMasterFiles(session, masterFiles))
    session.record = await timed(session, { step: 'open' }, () => openAccess(session))
    if (session.record.protocol === 'BAC') return session
    // EF.CardSecurity shares its identifiers with the SOD: it answers to them only outside the application.
    if (session.mapped !== undefined || options.files?.includes('CardSecurity') === true) await readFile(session, 'CardSecurity')
    if (session.mapped !== undefined) await (await import('../later.js')).proveMapping(session)
    await timed(session, { step: 'select-application' }, () => selectApplication(session))
    return session
  } catch (error) {
    session.secure?.end()
    throw error
  }
}
