import { encodeJson, markPersonal, type PlainData } from '@cccd/core'
import type { ChannelLimits } from '../CardChannel.js'
import type { TransportErrorCode } from '../errors/TransportError.js'

/** One command and its answer as they were on the wire. */
export interface Exchange {
  readonly command: Uint8Array
  /** Data and status word; empty when no answer came. */
  readonly response: Uint8Array
  /** Why no answer came. */
  readonly error?: TransportErrorCode
  /** Milliseconds between the two, when a clock was there. */
  readonly ms?: number
}

export interface TraceParts {
  readonly exchanges?: readonly Exchange[]
  readonly randomness?: readonly Uint8Array[]
  readonly answerToReset?: Uint8Array
  readonly limits: ChannelLimits
  readonly context?: PlainData
  readonly scrubbed?: boolean
}

export const traceHeader =
  'SENSITIVE: the true wire and randomness of a chip reading; whoever holds it can decrypt the personal data in it. Never log or send it.'

export const scrubbedHeader =
  'SCRUBBED: person, issuer, keys and passwords of this chip reading are a DEMO and belong to nobody; it can be attached to a bug report.'

/**
 * What went over a channel and which random bytes were drawn, so that a reading can be replayed. Held in memory only:
 * inspection and `JSON.stringify` show counts, {@link Trace.export} alone writes the content.
 */
export class Trace {
  readonly version = 2
  readonly exchanges: Exchange[] = []
  /** In the order drawn. Holds secret keys. */
  readonly randomness: Uint8Array[] = []
  readonly answerToReset?: Uint8Array
  readonly limits: ChannelLimits
  /** What a reader above needs to run again, in its own words (`traceContext` of `@cccd/emrtd`). Holds passwords. */
  readonly context?: PlainData
  /** Whether `scrub` of `@cccd/simulator` made it: it then shows nobody. */
  readonly scrubbed: boolean

  constructor(parts: TraceParts) {
    for (const exchange of parts.exchanges ?? []) this.add(exchange)
    for (const bytes of parts.randomness ?? []) this.addRandomness(bytes)
    if (parts.answerToReset !== undefined) this.answerToReset = parts.answerToReset
    if (parts.context !== undefined) this.context = parts.context
    this.scrubbed = parts.scrubbed ?? false
    this.limits = { maxCommandLength: parts.limits.maxCommandLength, maxResponseLength: parts.limits.maxResponseLength }
    markPersonal(this, 'Trace')
  }

  /** Notes an exchange; the bytes are copied. */
  add(exchange: Exchange): void {
    this.exchanges.push(copyOf(exchange))
  }

  /** Notes a command that went out; what came of it when the function that it gives is called, and until then that nothing came. */
  begin(command: Uint8Array): (outcome: Omit<Exchange, 'command'>) => void {
    const index = this.exchanges.push(copyOf({ command, response: new Uint8Array(0), error: 'TRANSPORT_TIMEOUT' })) - 1
    return (outcome) => {
      this.exchanges[index] = copyOf({ ...outcome, command: (this.exchanges[index] as Exchange).command })
    }
  }

  /** Notes random bytes that were drawn; they are copied. */
  addRandomness(bytes: Uint8Array): void {
    this.randomness.push(markPersonal(bytes.slice(), 'Randomness'))
  }

  toJSON(): { version: 2; exchanges: number; randomness: number } {
    return { version: this.version, exchanges: this.exchanges.length, randomness: this.randomness.length }
  }

  /**
   * The whole trace as JSON text, with a header that says what it is; {@link importTrace} reads it.
   * @throws TypeError unless `{ sensitive: true }` is said in so many words
   */
  export(options: { readonly sensitive: true }): string {
    if (options?.sensitive !== true) throw new TypeError('a trace holds personal data: export({ sensitive: true })')
    const { version, limits, answerToReset, context, exchanges, randomness, scrubbed } = this
    return encodeJson({
      header: scrubbed ? scrubbedHeader : traceHeader,
      version,
      ...(scrubbed ? { scrubbed } : {}),
      limits,
      ...(answerToReset === undefined ? {} : { answerToReset }),
      ...(context === undefined ? {} : { context }),
      exchanges: exchanges.map(({ response, ...exchange }) => (response.length === 0 ? exchange : { ...exchange, response })),
      randomness: [...randomness],
    })
  }
}

function copyOf(exchange: Exchange): Exchange {
  const copy = { ...exchange, command: exchange.command.slice(), response: exchange.response.slice() }
  return markPersonal(copy, 'Exchange')
}
