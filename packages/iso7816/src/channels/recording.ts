import type { PlainData } from '@cccd/core'
import type { CardChannel } from '../CardChannel.js'
import { TransportError, type TransportErrorCode } from '../errors/TransportError.js'
import { type RandomBytes, recordRandomness } from '../trace/recordRandomness.js'
import { Trace } from '../trace/Trace.js'
import { exchange } from './exchange.js'

export interface RecordingOptions {
  /** The source whose output is noted too; take {@link Recording.random} in its place. */
  readonly randomness?: RandomBytes
  /** Milliseconds, for the time of each exchange (default: none is noted). */
  readonly clock?: () => number
  /** What a reader needs to run again, kept with the trace: `traceContext` of `@cccd/emrtd` makes it. Sensitive. */
  readonly context?: PlainData
}

export interface Recording extends CardChannel {
  /** The trace so far; the same object each time, growing. */
  trace(): Trace
  /** Gives what `randomness` gives and notes it. @throws TypeError when no `randomness` was handed in */
  readonly random: RandomBytes
}

/**
 * A channel that notes every exchange, in memory only; of one that failed, how.
 *
 * @example
 * const recorded = recording(channel, { randomness: systemRandom })
 * await readChip(recorded, { access, random: recorded.random })
 * const again = replay(recorded.trace())
 */
export function recording(channel: CardChannel, options: RecordingOptions = {}): Recording {
  const { randomness, clock, context } = options
  const { answerToReset, limits } = channel
  const trace = new Trace({
    limits,
    ...(answerToReset === undefined ? {} : { answerToReset }),
    ...(context === undefined ? {} : { context }),
  })
  return {
    async transmit(command, transmitOptions) {
      const start = clock?.()
      const time = (): { ms?: number } => (clock === undefined || start === undefined ? {} : { ms: clock() - start })
      const note = trace.begin(command)
      try {
        const response = await exchange(channel, command, transmitOptions)
        note({ response, ...time() })
        return response
      } catch (error) {
        note({ response: new Uint8Array(0), error: codeOf(error), ...time() })
        throw error
      }
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

/** The link of a reader has codes of its own; for a chip they all mean that it is lost. */
function codeOf(error: unknown): TransportErrorCode {
  return error instanceof TransportError ? error.code : 'LINK_LOST'
}
