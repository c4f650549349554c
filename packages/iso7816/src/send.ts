import { concatBytes } from '@cccd/core'
import type { CommandApdu } from './apdu/CommandApdu.js'
import { decodeResponse } from './apdu/decodeResponse.js'
import { encodeCommand } from './apdu/encodeCommand.js'
import type { ResponseApdu } from './apdu/ResponseApdu.js'
import { isSuccess } from './apdu/statusWord.js'
import type { CardChannel } from './CardChannel.js'
import { type ExchangeRules, exchangeBy } from './channels/exchange.js'
import { IsoError } from './errors/IsoError.js'
import { TransportError } from './errors/TransportError.js'

export interface SendOptions {
  /** Milliseconds for each exchange (default 5000); `Infinity` for none. */
  readonly deadline?: number
  readonly signal?: AbortSignal | undefined
  /** The protocol step, carried by every error. */
  readonly step?: string | undefined
  /** Which status words are an answer and not an error (default: 9000 alone). */
  readonly accept?: (sw: number) => boolean
}

/** GET RESPONSE is asked at most this often, and joins at most what one extended response could have carried. */
const maxGetResponses = 512
const maxJoinedLength = 0x10000

/**
 * Sends one command and gives its answer. The single place of deadlines, `61xx` (GET RESPONSE, joined) and `6Cxx` (the
 * command again with the Le the chip names; not under secure messaging, where a command may not be repeated). What a channel can do
 * wrong is handled below it, by {@link exchange}.
 *
 * After a timeout or a cancellation in the middle of an exchange the channel refuses further commands: a late answer
 * could be taken for that of another command. Open a new channel.
 *
 * @throws TransportError `LINK_LOST`, `TRANSPORT_TIMEOUT` (both retryable), `TRANSPORT_ABORTED`, `TRANSPORT_CLOSED`,
 * `TRANSPORT_EMPTY_RESPONSE`, `TRANSPORT_LENGTH`
 * @throws IsoError `APDU_STATUS` with `sw` when the status word is not accepted, `APDU_RESPONSE_TOO_LONG`
 * @example
 * const { data } = await send(channel, { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 }, { step: 'bac.get-challenge' })
 */
export async function send(channel: CardChannel, command: CommandApdu, options: SendOptions = {}): Promise<ResponseApdu> {
  const { deadline = 5000, signal, step, accept = isSuccess } = options
  if (!(deadline > 0)) throw new RangeError('deadline must be positive')
  const once = { deadline, signal, step, protocol: true }
  const overhead = 2
  if ((command.le ?? 0) > 0x100 && (command.le ?? 0) + overhead > channel.limits.maxResponseLength)
    throw new TransportError('TRANSPORT_LENGTH', 'more data is asked for than the channel carries', {
      step,
      params: { length: (command.le ?? 0) + overhead, limit: channel.limits.maxResponseLength },
    })

  let response = decodeResponse(await exchangeBy(channel, encodeCommand(command), once))
  if (response.sw >> 8 === 0x6c && !isProtected(command.cla)) {
    const corrected = encodeCommand({ ...command, le: response.sw & 0xff || 0x100 })
    response = decodeResponse(await exchangeBy(channel, corrected, once))
  }
  if (response.sw >> 8 === 0x61) response = await joined(channel, command.cla, response, once)

  if (!accept(response.sw))
    throw new IsoError('APDU_STATUS', `the chip answered ${response.sw.toString(16).padStart(4, '0')}`, { step, sw: response.sw })
  return response
}

/** Collects what 61xx announces (ISO/IEC 7816-4, 11.8.1); a chip that never ends is cut off. */
async function joined(channel: CardChannel, cla: number, first: ResponseApdu, once: ExchangeRules): Promise<ResponseApdu> {
  const parts = [first.data]
  let length = first.data.length
  let { sw } = first
  for (let round = 0; sw >> 8 === 0x61; round++) {
    if (round === maxGetResponses || length > maxJoinedLength)
      throw new IsoError('APDU_RESPONSE_TOO_LONG', 'the chip announces data without end', { step: once.step, params: { length } })
    const getResponse = encodeCommand({ cla: unprotected(cla), ins: 0xc0, p1: 0, p2: 0, le: sw & 0xff || 0x100 })
    const part = decodeResponse(await exchangeBy(channel, getResponse, once))
    parts.push(part.data)
    length += part.data.length
    sw = part.sw
  }
  return { data: concatBytes(...parts), sw }
}

/** ISO/IEC 7816-4, 5.4.1: secure messaging is bits 4-3 in the first interindustry classes, bit 6 in the further ones. */
function isProtected(cla: number): boolean {
  return (cla & 0x60) === 0 ? (cla & 0x0c) !== 0 : (cla & 0xe0) === 0x60
}

/** GET RESPONSE travels plain and unchained on the same logical channel; the MAC covers the joined data. */
function unprotected(cla: number): number {
  return (cla & 0x60) === 0 ? cla & ~0x1c : cla & ~0x30
}
