import { equalBytes } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import type { FileName } from '../lds/fileNames.js'
import { type ChipSession, timed } from './ChipSession.js'
import { isComplete, type PartialReading } from './PartialReading.js'
import { blockAt, hasData, readAtOffset } from './readBinary.js'
import { selectFile } from './readElementaryFile.js'

/** Fewer bytes than this are alike on too many cards. */
const smallestAnswer = 16

/**
 * Before a partial reading is continued: the last block of its SOD (the signature, which no two cards share), or of DG1 where the
 * SOD could not be read, must be on this chip too. A SOD that was not finished starts over: its first blocks are alike on all cards.
 *
 * @throws EmrtdError `DIFFERENT_CARD`
 */
export async function compareCard(session: ChipSession): Promise<void> {
  const { files } = session.partial
  if (!isComplete(files.SOD)) delete files.SOD
  const known = (['SOD', 'DG1'] as const).find((name) => isComplete(files[name]))
  if (known !== undefined) return timed(session, { step: 'compare-card', file: known }, () => compareLastBlock(session, known))
  forget(session.partial)
}

/** Nothing says whose it was: not the files, and not what else the chip answered. */
function forget(partial: PartialReading): void {
  for (const kept of [partial.files, partial.fileStatus]) for (const name of Object.keys(kept)) delete kept[name as FileName]
  delete partial.activeAuthentication
}

async function compareLastBlock(session: ChipSession, name: FileName): Promise<void> {
  const bytes = session.partial.files[name]?.bytes ?? new Uint8Array(0)
  const length = Math.min(bytes.length, blockAt(session, bytes.length))
  const offset = bytes.length - length
  const selected = await selectFile(session, name)
  const response = selected === 0x9000 ? await readAtOffset(session, offset, length) : undefined
  const same =
    response !== undefined &&
    hasData(response) &&
    response.data.length >= Math.min(length, smallestAnswer) &&
    equalBytes(response.data, bytes.subarray(offset, offset + response.data.length))
  if (!same) throw new EmrtdError('DIFFERENT_CARD', 'this is not the card that was read before', { step: 'compare-card' })
}
