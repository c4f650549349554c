import { isCccdError } from '@cccd/core'
import { vietnameseCardAccess } from '../access/vietnameseCardAccess.js'
import { parseSecurityInfos, type SecurityInfo } from '../lds/securityInfos.js'
import type { AccessRecord } from '../reading/ChipReading.js'
import { type CardAccess, type ChipSession, exchange } from './ChipSession.js'
import { hasData, readAtOffset, readByShortIdentifier } from './readBinary.js'

const step = 'card-access'
const maxLength = 4096

/**
 * EF.CardAccess, which every chip gives before PACE (Doc 9303-10, 3.11.1): by short file identifier (one APDU); after SELECT MF;
 * without it (Vietnam: SELECT MF is 6D00, yet the file answers; Latvia alike); else the bytes known of the Vietnamese card,
 * because on iOS the application is already selected and the file 6982. A chip that has its master file and says 6A82 offers no PACE.
 */
export async function readCardAccess(session: ChipSession): Promise<CardAccess> {
  const early = await readByShortIdentifier(session, 0x1c, 256)
  if (hasData(early)) {
    // Inside the LDS application 1C is EF.CVCA, which is no SET.
    const read = await cardAccessFrom(session, early.data, 'read')
    if (read !== undefined) return read
  }
  const master = await select(session, 0x00, 0x3f00)
  const selected = await select(session, 0x02, 0x011c)
  if (selected === 0x9000) {
    const first = await readAtOffset(session, 0, 256)
    const read = hasData(first) && (await cardAccessFrom(session, first.data, master === 0x9000 ? 'read' : 'read-directly'))
    if (read) return read
  }
  if (master === 0x9000 && selected === 0x6a82) return { source: 'not-read', infos: [] }
  return { source: 'built-in', infos: parseSecurityInfos(vietnameseCardAccess) }
}

async function select(session: ChipSession, p1: number, fid: number): Promise<number> {
  const data = Uint8Array.of(fid >> 8, fid & 0xff)
  const { sw } = await exchange(session, step, { cla: 0, ins: 0xa4, p1, p2: 0x0c, data })
  return sw
}

async function cardAccessFrom(
  session: ChipSession,
  first: Uint8Array,
  source: AccessRecord['cardAccess'],
): Promise<CardAccess | undefined> {
  let bytes = first
  while (bytes.length < announced(bytes) && bytes.length < maxLength) {
    const more = await readAtOffset(session, bytes.length, 256)
    if (!hasData(more)) break
    bytes = Uint8Array.of(...bytes, ...more.data)
  }
  const infos = parsed(bytes)
  return infos === undefined ? undefined : { source, bytes, infos }
}

function announced(bytes: Uint8Array): number {
  const [tag, first = 0, second = 0, third = 0] = bytes
  if (tag !== 0x31) return 0
  return first < 0x80 ? 2 + first : first === 0x81 ? 3 + second : first === 0x82 ? 4 + second * 256 + third : 0
}

/** Some chips pad the file (a German sample, TR-03110), so bytes after the SET are left alone. */
function parsed(bytes: Uint8Array): readonly SecurityInfo[] | undefined {
  try {
    return parseSecurityInfos(bytes, { allowTrailing: true })
  } catch (error) {
    if (isCccdError(error)) return undefined
    throw error
  }
}
