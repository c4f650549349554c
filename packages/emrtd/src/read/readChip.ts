import type { CardChannel } from '@cccd/iso7816'
import { fileNames, files as fileTable } from '../lds/fileNames.js'
import type { ChipReading } from '../reading/ChipReading.js'
import { authenticateActively } from './authenticateActively.js'
import { authenticateChip, proveChipAuthentication } from './authenticateChip.js'
import { assertChipLimits } from './ChipLimits.js'
import { compareCard } from './compareCard.js'
import { finishReading } from './finishReading.js'
import { openChip } from './openChip.js'
import { filesBySize } from './planSteps.js'
import type { ReadChipOptions } from './ReadChipOptions.js'
import { readFile } from './readFile.js'
import { readIfListed } from './readIfListed.js'

/**
 * Reads a chip: EF.CardAccess, PACE (BAC where allowed), the application, SOD, DG14 and Chip Authentication, DG15 and Active
 * Authentication, then the other files, small ones first. Judges nothing: hand the result to `verifyReading`. A file that the chip
 * refuses is recorded in `fileStatus`, not thrown.
 *
 * @throws EmrtdError when no way into the chip works (`PACE_WRONG_PASSWORD`, `PACE_BLOCKED`, `PACE_FAILED`, `PACE_BAD_ANSWER`,
 * `PACE_NOT_OFFERED`, `PACE_UNSUPPORTED`, `BAC_WRONG_KEY`, `BAC_FAILED`, `BAC_BAD_ANSWER`, `EMRTD_ACCESS_DENIED`); for a chip that is
 * none (`EMRTD_APPLICATION_NOT_FOUND`, `EMRTD_FILE_TOO_LARGE`); when answers do not verify (`SM_…`); `DIFFERENT_CARD`
 * @throws TransportError `LINK_LOST`, `TRANSPORT_TIMEOUT` (retryable: go on with the same `into`), `TRANSPORT_ABORTED`, …
 * @throws TypeError, RangeError for options that are none
 * @example
 * const reading = await readChip(channel, {
 *   access: accessFromQr(parseQr(text)),
 *   files: ['DG1', 'DG2'],
 *   activeAuthentication: { challenge },
 * })
 */
export async function readChip(channel: CardChannel, options: ReadChipOptions): Promise<ChipReading> {
  checkOptions(options)
  const { files = ['DG1', 'DG2'], activeAuthentication, chipAuthentication = 'when-offered' } = options
  const session = await openChip(channel, options)
  try {
    if (options.into !== undefined) await compareCard(session)
    await readFile(session, 'SOD')
    if (files.includes('DG14')) await readFile(session, 'DG14')
    else if (chipAuthentication !== 'never') await readIfListed(session, 'DG14')
    if (chipAuthentication !== 'never') await authenticateChip(session)
    if (files.includes('DG15')) await readFile(session, 'DG15')
    else if (activeAuthentication !== undefined) await readIfListed(session, 'DG15')
    if (activeAuthentication !== undefined) await authenticateActively(session, activeAuthentication.challenge)
    for (const name of filesBySize) if (files.includes(name)) await readFile(session, name)
    await proveChipAuthentication(session)
    return finishReading(session)
  } finally {
    session.secure?.end()
  }
}

function checkOptions(options: ReadChipOptions): void {
  const { access, files = [], masterFiles = [], activeAuthentication, chipLimits = {}, stepDeadlines = {} } = options
  if (!Array.isArray(access) || access.length === 0) throw new TypeError('access must be a list of candidates, at least one')
  for (const name of files) if (!Object.hasOwn(fileTable, name)) throw new RangeError(`files must be of ${fileNames.join(', ')}`)
  for (const name of masterFiles)
    if (name !== 'ATR/INFO' && name !== 'DIR') throw new RangeError('masterFiles must be of ATR/INFO, DIR')
  const challenge = activeAuthentication?.challenge
  if (challenge instanceof Uint8Array && challenge.length !== 8) throw new RangeError('challenge must have eight bytes')
  assertChipLimits(chipLimits)
  for (const [step, ms] of Object.entries(stepDeadlines))
    if (!((ms ?? 0) > 0)) throw new RangeError(`stepDeadlines.${step} must be positive`)
}
