import { equalBytes } from '@cccd/core'
import type { CardChannel } from '../CardChannel.js'
import { TransportError } from '../errors/TransportError.js'
import type { RandomBytes } from '../trace/recordRandomness.js'
import type { Trace } from '../trace/Trace.js'
import { serialised } from './serialised.js'

export interface Replay extends CardChannel {
  /** The recorded random bytes, in their order. @throws TransportError `TRANSPORT_REPLAY_MISMATCH`, `TRANSPORT_REPLAY_EXHAUSTED` */
  readonly random: RandomBytes
  /** Exchanges not yet asked for. */
  readonly remaining: number
}

/**
 * A channel that answers from a trace. Each command must be the recorded one: anything else rejects with
 * `TRANSPORT_REPLAY_MISMATCH`, a command after the last with `TRANSPORT_REPLAY_EXHAUSTED` (`params.index` says where). Where no answer
 * came when it was recorded, it rejects with the same code.
 *
 * @example
 * const channel = replay(importTrace(text))
 * const reading = await readChip(channel, { access, random: channel.random })
 */
export function replay(trace: Trace): Replay {
  let next = 0
  let drawn = 0

  async function transmit(command: Uint8Array): Promise<Uint8Array> {
    const exchange = trace.exchanges[next]
    if (exchange === undefined) throw exhausted('exchange', next)
    if (!equalBytes(exchange.command, command)) throw mismatch('exchange', next)
    next++
    if (exchange.error !== undefined) throw new TransportError(exchange.error, 'no answer came when this was recorded')
    return exchange.response.slice()
  }

  const { answerToReset } = trace
  const channel = serialised({
    transmit,
    limits: trace.limits,
    ...(answerToReset === undefined ? {} : { answerToReset }),
    close: async () => undefined,
  })
  return {
    ...channel,
    get remaining() {
      return trace.exchanges.length - next
    },
    random(length) {
      const bytes = trace.randomness[drawn]
      if (bytes === undefined) throw exhausted('randomness', drawn)
      if (bytes.length !== length) throw mismatch('randomness', drawn)
      drawn++
      return bytes.slice()
    },
  }
}

function exhausted(what: string, index: number): TransportError {
  return new TransportError('TRANSPORT_REPLAY_EXHAUSTED', 'the trace ends here', { params: { what, index } })
}

function mismatch(what: string, index: number): TransportError {
  return new TransportError('TRANSPORT_REPLAY_MISMATCH', 'not what was recorded', { params: { what, index } })
}
