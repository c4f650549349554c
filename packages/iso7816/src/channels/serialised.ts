import type { CardChannel, TransmitOptions } from '../CardChannel.js'
import { TransportError } from '../errors/TransportError.js'

/**
 * A channel that lets one command through at a time, in the order of the calls. A caller who cancels while waiting never
 * reaches the chip. Closing rejects those who wait with `TRANSPORT_CLOSED` and is done once.
 *
 * @example const channel = serialised({ transmit, limits: shortLimits, close })
 */
export function serialised(channel: CardChannel): CardChannel {
  let last: Promise<unknown> = Promise.resolve()
  let closing: Promise<void> | undefined

  async function transmit(command: Uint8Array, options: TransmitOptions = {}): Promise<Uint8Array> {
    const turn = last
    const mine = (async () => {
      await turn
      if (closing !== undefined) throw new TransportError('TRANSPORT_CLOSED', 'the channel was closed')
      if (options.signal?.aborted) throw new TransportError('TRANSPORT_ABORTED', 'cancelled before the command was sent')
      return channel.transmit(command, options)
    })()
    last = mine.catch(() => undefined)
    return mine
  }

  return {
    transmit,
    get limits() {
      return channel.limits
    },
    ...(channel.answerToReset === undefined ? {} : { answerToReset: channel.answerToReset }),
    close() {
      closing ??= channel.close()
      return closing
    },
  }
}
