import type { CardChannel } from '../CardChannel.js'
import { TransportError } from '../errors/TransportError.js'
import { exchangeBy } from './exchange.js'

/**
 * What every adapter puts around its bare link: one command at a time, in the order of the calls, each settled once, whatever the
 * link does ({@link exchange} says how). A caller who cancels is free at once: while waiting nothing reaches the chip; while the chip
 * answers, the next command waits for the late answer and does not take it. Closing is done once and rejects with `TRANSPORT_CLOSED`
 * whoever still waits for an answer.
 *
 * @example const channel = serialised({ transmit, limits: shortLimits, close })
 */
export function serialised(channel: CardChannel): CardChannel {
  const unsettled = new Set<(error: TransportError) => void>()
  let closing: Promise<void> | undefined

  return {
    transmit(command, { signal } = {}) {
      return closing === undefined ? exchangeBy(channel, command, { signal, unsettled }) : Promise.reject(closed())
    },
    get limits() {
      return channel.limits
    },
    ...(channel.answerToReset === undefined ? {} : { answerToReset: channel.answerToReset }),
    close() {
      if (closing === undefined) {
        closing = channel.close()
        for (const giveUp of [...unsettled]) giveUp(closed())
      }
      return closing
    },
  }
}

function closed(): TransportError {
  return new TransportError('TRANSPORT_CLOSED', 'the channel was closed')
}
