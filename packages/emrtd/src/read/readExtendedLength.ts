import type { ChipSession } from './ChipSession.js'
import { extendedLengthInAtrInfo, extendedLengthInHistoricalBytes } from './extendedLength.js'
import { hasData, readByShortIdentifier } from './readBinary.js'

const shortAnswer = 256
const atrInfoSfi = 0x01

/**
 * How long an answer may be: extended length where the reader carries it and the chip says so, in its historical bytes (no APDU)
 * or in EF.ATR/INFO (one). Asked before PACE, at the level of the master file.
 */
export async function readExtendedLength(session: ChipSession): Promise<void> {
  const { channel, limits } = session
  // Two bytes of every answer are the status word.
  const carried = Math.min(channel.limits.maxResponseLength - 2, 65_536)
  if (carried <= shortAnswer) return
  const said = channel.answerToReset === undefined ? undefined : extendedLengthInHistoricalBytes(channel.answerToReset)
  if (said === true) limits.answerLength = carried
  if (said !== undefined) return
  const response = await readByShortIdentifier(session, atrInfoSfi, shortAnswer)
  const information = hasData(response) ? extendedLengthInAtrInfo(response.data) : undefined
  if (information !== undefined) limits.answerLength = Math.max(shortAnswer, Math.min(carried, information.maxResponseLength))
}
