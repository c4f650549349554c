import type { ChipSession } from './ChipSession.js'
import { extendedLengthInAtrInfo, extendedLengthInHistoricalBytes } from './extendedLength.js'
import { carriedAnswer, hasData, longestAnswer, readByShortIdentifier, shortAnswer } from './readBinary.js'

const atrInfoSfi = 0x01

/**
 * How long an answer may be: extended length where the reader carries it and the chip says so, in its historical bytes (no APDU)
 * or in EF.ATR/INFO (one). Asked before PACE, at the level of the master file; not asked again where it is known.
 */
export async function readExtendedLength(session: ChipSession): Promise<void> {
  const { channel, limits } = session
  if (limits.answerLength !== undefined || carriedAnswer(channel) <= shortAnswer) return
  const said = channel.answerToReset === undefined ? undefined : extendedLengthInHistoricalBytes(channel.answerToReset)
  if (said !== undefined) {
    limits.answerLength = said ? longestAnswer : shortAnswer
    return
  }
  const response = await readByShortIdentifier(session, atrInfoSfi, shortAnswer)
  const information = hasData(response) ? extendedLengthInAtrInfo(response.data) : undefined
  limits.answerLength = Math.min(longestAnswer, Math.max(shortAnswer, information?.maxResponseLength ?? shortAnswer))
}
