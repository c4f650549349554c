import { type CccdError, isCccdError } from '@cccd/core'
import type { FileName } from '../lds/fileNames.js'
import type { FileStatus } from '../reading/ChipReading.js'
import { type ChipSession, timed } from './ChipSession.js'
import { isComplete } from './PartialReading.js'
import { currentBlock, isLengthRefusal, learnFromLoss, shortAnswer } from './readBinary.js'
import { readElementaryFile } from './readElementaryFile.js'
import { isChannelLost, reopenChip } from './reopenChip.js'

/** Status words of a chip that knows nothing of the protected channel any more. */
const channelLosses = [0x6987, 0x6988, 0x6f00]
const unreadable = ['EMRTD_FILE_STATUS', 'EMRTD_FILE_LENGTH', 'EMRTD_FILE_MALFORMED']

/**
 * Reads one file of the selected application into the session's partial reading and records what became of it. A refusal or an
 * unreadable file is recorded and never fatal; a protected channel that the chip dropped is opened again.
 *
 * @throws EmrtdError `EMRTD_FILE_TOO_LARGE`, and `SM_…` when the chip drops its channel again and again
 * @throws TransportError when the link fails; what was read stays in the partial reading
 */
export async function readFile(session: ChipSession, name: FileName): Promise<FileStatus> {
  const { files, fileStatus } = session.partial
  if (isComplete(files[name])) return { status: 'read' }
  const status = await timed(session, { step: 'read-file', file: name }, () => readOrRecover(session, name))
  fileStatus[name] = status
  return status
}

async function readOrRecover(session: ChipSession, name: FileName): Promise<FileStatus> {
  for (;;)
    try {
      return await readElementaryFile(session, name)
    } catch (error) {
      if (isChannelLost(error)) {
        const status = await recover(session, name, error)
        if (status !== undefined) return status
      } else if (isCccdError(error) && unreadable.includes(error.code)) {
        return { status: 'failed', ...(error.sw === undefined ? {} : { sw: error.sw }) }
      } else throw error
    }
}

/** What a lost channel means here; undefined: the chip is open again, read on. */
async function recover(session: ChipSession, name: FileName, error: CccdError): Promise<FileStatus | undefined> {
  if (session.chipAuthentication?.status === 'unproven') {
    // The first answer under the new keys does not verify.
    await reopenChip(session, error)
    return undefined
  }
  // A wrong MAC in the middle is an attack or a broken link, no trait of a chip.
  const { code, sw } = error
  if (code !== 'SM_CHANNEL_LOST' || sw === undefined) throw error
  await reopenChip(session, error)
  if (sw === 0x6a82) return { status: 'not-found', sw }
  if (sw === 0x6982) return { status: 'access-denied', sw }
  if (isDisturbance(session, name, sw)) return undefined
  // A block too long, or beyond the end, costs some chips their channel (6988 after 6700): read on another way.
  const tooLong = isLengthRefusal(sw) || channelLosses.includes(sw)
  return tooLong && learnFromLoss(session, sw) ? undefined : { status: 'failed', sw }
}

/**
 * Success without protection is no trait of a chip; nor is a loss that says nothing of a length, where blocks as long came before,
 * unless it comes back.
 */
function isDisturbance(session: ChipSession, name: FileName, sw: number): boolean {
  const place = `${name} ${session.partial.files[name]?.received ?? 0}`
  const again = session.lostAt === place
  session.lostAt = place
  const proven = session.provenBlock >= Math.min(currentBlock(session), shortAnswer)
  return !again && (sw === 0x9000 || (channelLosses.includes(sw) && proven))
}
