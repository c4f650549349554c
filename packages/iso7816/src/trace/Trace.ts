import { encodeJson, markPersonal } from '@cccd/core'
import type { ChannelLimits } from '../CardChannel.js'

/** One command and its answer as they were on the wire. */
export interface Exchange {
  readonly command: Uint8Array
  readonly response: Uint8Array
  /** Milliseconds between the two, when a clock was there. */
  readonly ms?: number
}

export interface TraceParts {
  readonly exchanges?: readonly Exchange[]
  readonly randomness?: readonly Uint8Array[]
  readonly answerToReset?: Uint8Array
  readonly limits: ChannelLimits
}

export const traceHeader =
  'SENSITIVE: the true wire and randomness of a chip reading; whoever holds it can decrypt the personal data in it. Never log or send it.'

/**
 * What went over a channel and which random bytes were drawn, so that a reading can be replayed. Held in memory only:
 * inspection and `JSON.stringify` show counts, {@link Trace.export} alone writes the content.
 */
export class Trace {
  readonly version = 1
  readonly exchanges: Exchange[] = []
  /** In the order drawn. Holds secret keys. */
  readonly randomness: Uint8Array[] = []
  readonly answerToReset?: Uint8Array
  readonly limits: ChannelLimits

  constructor(parts: TraceParts) {
    for (const exchange of parts.exchanges ?? []) this.add(exchange)
    for (const bytes of parts.randomness ?? []) this.addRandomness(bytes)
    if (parts.answerToReset !== undefined) this.answerToReset = parts.answerToReset
    this.limits = { maxCommandLength: parts.limits.maxCommandLength, maxResponseLength: parts.limits.maxResponseLength }
    markPersonal(this, 'Trace')
  }

  /** Notes an exchange; the bytes are copied. */
  add(exchange: Exchange): void {
    const copy = { ...exchange, command: exchange.command.slice(), response: exchange.response.slice() }
    this.exchanges.push(markPersonal(copy, 'Exchange'))
  }

  /** Notes random bytes that were drawn; they are copied. */
  addRandomness(bytes: Uint8Array): void {
    this.randomness.push(markPersonal(bytes.slice(), 'Randomness'))
  }

  toJSON(): { version: 1; exchanges: number; randomness: number } {
    return { version: this.version, exchanges: this.exchanges.length, randomness: this.randomness.length }
  }

  /**
   * The whole trace as JSON text, with a header that says what it is; {@link importTrace} reads it.
   * @throws TypeError unless `{ sensitive: true }` is said in so many words
   */
  export(options: { readonly sensitive: true }): string {
    if (options?.sensitive !== true) throw new TypeError('a trace holds personal data: export({ sensitive: true })')
    const { version, limits, answerToReset, exchanges, randomness } = this
    return encodeJson({
      header: traceHeader,
      version,
      limits,
      ...(answerToReset === undefined ? {} : { answerToReset }),
      exchanges: [...exchanges],
      randomness: [...randomness],
    })
  }
}
