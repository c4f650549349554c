import type { CardChannel, CommandApdu, ResponseApdu } from '@cccd/iso7816'
import type { ProtocolContext } from './ProtocolContext.js'
import { sendStep } from './sendStep.js'

const shortData = 255
/** What fits a short command under secure messaging with AES: 255 less DO 87 with its padding, DO 97 and DO 8E. */
const shortProtectedData = 223
const chained = 0x10
/** Header, Lc and Le of the short form. */
const shortOverhead = 6
/** A channel that does not carry this much carries no chip. */
const smallestPart = 16
/** Header, length fields of the extended form. */
const extendedOverhead = 9

/**
 * A command whose data may be longer than 255 bytes, as the keys of Diffie-Hellman with 2048 bits are: extended length where chip and
 * channel have it, else in parts by command chaining (ISO/IEC 7816-4, 5.3.3). A part that is refused ends it.
 */
export async function sendLong(
  channel: CardChannel,
  context: ProtocolContext,
  step: string,
  command: CommandApdu & { readonly data: Uint8Array },
): Promise<ResponseApdu> {
  const { data, le, cla, ins, p1, p2 } = command
  const { maxCommandLength } = channel.limits
  const fits = data.length + extendedOverhead <= maxCommandLength
  const longest = 'cipher' in channel ? shortProtectedData : shortData
  const single = Math.min(longest, Math.max(smallestPart, maxCommandLength - shortOverhead))
  if (data.length <= single || (context.extendedLength === true && fits)) return sendStep(channel, context, step, command)
  let at = 0
  for (; data.length - at > single; at += single) {
    const part = { cla: cla | chained, ins, p1, p2, data: data.subarray(at, at + single) }
    const response = await sendStep(channel, context, step, part)
    if (response.sw !== 0x9000) return response
  }
  return sendStep(channel, context, step, { cla, ins, p1, p2, data: data.subarray(at), ...(le === undefined ? {} : { le }) })
}
