import { concatBytes, markPersonal } from '@cccd/core'
import type { MasterFileName } from '../reading/ChipReading.js'
import { type ChipSession, exchange } from './ChipSession.js'
import { hasData, readAtOffset, readByShortIdentifier } from './readBinary.js'

const step = 'master-files'
const block = 256
const maxLength = 4096

/** File and short identifiers (Doc 9303-10, 3.11.2 and 3.11.3). */
const identifiers: Readonly<Record<MasterFileName, { readonly fid: number; readonly sfi: number }>> = {
  'ATR/INFO': { fid: 0x2f01, sfi: 0x01 },
  DIR: { fid: 0x2f00, sfi: 0x1e },
}

/**
 * EF.ATR/INFO and EF.DIR as the chip gives them, outside the application and in clear. They hold one data object after the other and say no
 * length of their own, so they are read to their end; 4096 bytes at most. What the chip does not give is not there.
 */
export async function readMasterFiles(
  session: ChipSession,
  names: readonly MasterFileName[],
): Promise<Partial<Record<MasterFileName, Uint8Array>>> {
  const files: Partial<Record<MasterFileName, Uint8Array>> = {}
  for (const name of names) {
    const bytes = await readMasterFile(session, name)
    if (bytes !== undefined) files[name] = bytes
  }
  return markPersonal(files, 'MasterFiles')
}

async function readMasterFile(session: ChipSession, name: MasterFileName): Promise<Uint8Array | undefined> {
  const { fid, sfi } = identifiers[name]
  let answer = await readByShortIdentifier(session, sfi, block)
  if (!hasData(answer)) {
    const data = Uint8Array.of(fid >> 8, fid & 0xff)
    const { sw } = await exchange(session, step, { cla: 0, ins: 0xa4, p1: 0x02, p2: 0x0c, data })
    if (sw !== 0x9000) return undefined
    answer = await readAtOffset(session, 0, block)
  }
  let bytes: Uint8Array = new Uint8Array(0)
  while (hasData(answer) && bytes.length + answer.data.length <= maxLength) {
    bytes = concatBytes(bytes, answer.data)
    // Fewer than a block, or 6282: the file ends here.
    if (answer.data.length < block || answer.sw === 0x6282) break
    answer = await readAtOffset(session, bytes.length, block)
  }
  return bytes.length === 0 ? undefined : bytes
}
