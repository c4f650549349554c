import type { CardChannel } from '@cccd/iso7816'
import type { SimulatedClock } from './simulatedClock.js'

export interface LinkModel {
  /** What one command and its answer cost whatever their length, in milliseconds. */
  readonly latencyMs: number
  /** Bits a second over the air: 106,000 to 848,000. */
  readonly bitrate: number
  readonly clock: SimulatedClock
}

/** What went over a link so far. */
export interface LinkStatistics {
  readonly apdus: number
  readonly bytesSent: number
  readonly bytesReceived: number
  /** Simulated. */
  readonly ms: number
}

export interface ModelledChannel extends CardChannel {
  statistics(): LinkStatistics
}

/**
 * A channel that takes as long as a contactless one would, on a clock that nobody waits for.
 *
 * @throws RangeError for a negative latency or a bit rate that is not positive
 * @example
 * const clock = simulatedClock()
 * const channel = withLinkModel(virtualCard(card), { latencyMs: 20, bitrate: 424_000, clock })
 */
export function withLinkModel(channel: CardChannel, model: LinkModel): ModelledChannel {
  const { latencyMs, bitrate, clock } = model
  if (!(latencyMs >= 0)) throw new RangeError('latencyMs must not be negative')
  if (!(bitrate > 0)) throw new RangeError('bitrate must be positive')
  let apdus = 0
  let bytesSent = 0
  let bytesReceived = 0
  let ms = 0
  const { answerToReset } = channel
  return {
    async transmit(command, options) {
      const response = await channel.transmit(command, options)
      const cost = latencyMs + (8000 * (command.length + response.length)) / bitrate
      apdus++
      bytesSent += command.length
      bytesReceived += response.length
      ms += cost
      clock.advance(cost)
      return response
    },
    get limits() {
      return channel.limits
    },
    ...(answerToReset === undefined ? {} : { answerToReset }),
    close: () => channel.close(),
    statistics: () => ({ apdus, bytesSent, bytesReceived, ms }),
  }
}
