import type { CardChannel } from '../CardChannel.js'
import { type RandomBytes, recordRandomness } from '../trace/recordRandomness.js'
import { Trace } from '../trace/Trace.js'
import { exchange } from './exchange.js'

export interface RecordingOptions {
  /** The source whose output is noted too; take {@link Recording.random} in its place. */
  readonly randomness?: RandomBytes
  /** Milliseconds, for the time of each exchange (default: none is noted). */
  readonly clock?: () => number
}

export interface Recording extends CardChannel {
  /** The trace so far; the same object each time, growing. */
  trace(): Trace
  /** Gives what `randomness` gives and notes it. @throws TypeError when no `randomness` was handed in */
  readonly random: RandomBytes
}

/**
 * A channel that notes every exchange that succeeded, in memory only.
 *
 * @example
 * const recorded = recording(channel, { randomness: systemRandom })
 * await readChip(recorded, { access, random: recorded.random })
 * const again = replay(recorded.trace())
 */
export function recording(channel: CardChannel, options: RecordingOptions = {}): Recording {
  const { randomness, clock } = options
  const { answerToReset } = channel
  const trace = new Trace({ limits: channel.limits, ...(answerToReset === undefined ? {} : { answerToReset }) })
  return {
    async transmit(command, transmitOptions) {
      const start = clock?.()
      const response = await exchange(channel, command, transmitOptions)
      trace.add({ command, response, ...(clock === undefined || start === undefined ? {} : { ms: clock() - start }) })
      return response
    },
    get limits() {
      return channel.limits
    },
    ...(answerToReset === undefined ? {} : { answerToReset }),
    close: () => channel.close(),
    trace: () => trace,
    random: randomness === undefined ? noRandomness : recordRandomness(randomness, trace),
  }
}

function noRandomness(): never {
  throw new TypeError('recording was made without randomness')
}
