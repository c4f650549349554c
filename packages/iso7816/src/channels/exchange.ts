import { CccdError } from '@cccd/core'
import type { CardChannel } from '../CardChannel.js'
import { TransportError } from '../errors/TransportError.js'
import { extendedLimits } from './limits.js'

/** What one exchange may take and how it is stopped. */
export interface ExchangeOptions {
  /** Milliseconds, waiting for earlier exchanges included (default `Infinity`). */
  readonly deadline?: number
  readonly signal?: AbortSignal | undefined
  /** The protocol step, carried by every error. */
  readonly step?: string | undefined
}

/** How `send` and `serialised` want it; not for callers of this package. */
export interface ExchangeRules extends ExchangeOptions {
  /**
   * A protocol cannot go on after an exchange that was given up in the middle: every later one is refused, instead of waiting for the
   * late answer. And an answer longer than the channel said it carries is an error for it; what stands between passes it on.
   */
  readonly protocol?: boolean
  /** Holds, until it settles, what makes the exchange reject. */
  readonly unsettled?: Set<(error: TransportError) => void>
}

/** What is under way on a channel, whoever wraps it and however often. */
interface Line {
  /** Settles when the channel has settled everything it was asked. */
  tail: Promise<unknown>
  givenUp: boolean
}

const lines = /* @__PURE__ */ new WeakMap<CardChannel, Line>()
const longestTimer = 0x7fffffff

/**
 * One command, one answer: the one place where a channel may answer late, twice, short or never. Exchanges on a channel take turns,
 * so that a late answer is nobody else's; a second answer is dropped; the answer is a copy, which no channel can change afterwards.
 * Cancelled or out of time, the caller is free at once, and no timer or listener is left.
 *
 * @throws TransportError `TRANSPORT_EMPTY_RESPONSE` for fewer than two bytes, `TRANSPORT_LENGTH` for a command beyond `channel.limits`
 * or an answer beyond 65,538 bytes, `TRANSPORT_TIMEOUT`, `TRANSPORT_ABORTED`; `LINK_LOST` for what a foreign channel throws
 * @example const response = await exchange(channel, encodeCommand({ cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 }), { deadline: 5000 })
 */
export function exchange(channel: CardChannel, command: Uint8Array, options: ExchangeOptions = {}): Promise<Uint8Array> {
  return exchangeBy(channel, command, options)
}

/** {@link exchange} with the rules of a caller inside this package. */
export function exchangeBy(channel: CardChannel, command: Uint8Array, rules: ExchangeRules): Promise<Uint8Array> {
  const { deadline = Number.POSITIVE_INFINITY, signal, step, protocol = false, unsettled } = rules
  const line = lineOf(channel)
  const refusal = (): TransportError | undefined => {
    if (signal?.aborted) return new TransportError('TRANSPORT_ABORTED', 'cancelled before the command was sent', { step })
    if (protocol && line.givenUp)
      return new TransportError('TRANSPORT_CLOSED', 'an earlier exchange was given up; open a new channel', {
        step,
        retryable: true,
      })
    const { maxCommandLength } = channel.limits
    return command.length > maxCommandLength
      ? tooLong('the command is longer than the channel carries', command.length, maxCommandLength, step)
      : undefined
  }
  const refused = refusal()
  if (refused !== undefined) return Promise.reject(refused)

  return new Promise((resolve, reject) => {
    let settled = false
    let sent = false
    const finish = (): boolean => {
      if (settled) return false
      settled = true
      if (timer !== undefined) clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      unsettled?.delete(giveUp)
      return true
    }
    const fail = (error: CccdError): void => {
      if (finish()) reject(error)
    }
    const giveUp = (error: TransportError): void => {
      if (!settled && sent) line.givenUp = true
      fail(error)
    }
    const onAbort = (): void =>
      giveUp(new TransportError('TRANSPORT_ABORTED', 'cancelled while the chip was answering', { step }))
    const timer =
      deadline > longestTimer
        ? undefined
        : setTimeout(
            () => giveUp(new TransportError('TRANSPORT_TIMEOUT', 'no answer in time', { step, params: { deadline } })),
            deadline,
          )
    signal?.addEventListener('abort', onAbort)
    unsettled?.add(giveUp)

    const turn = line.tail
    const answer = (async () => {
      await turn
      if (settled) return
      const late = refusal()
      if (late !== undefined) return fail(late)
      sent = true
      const response: unknown = await channel.transmit(command, signal === undefined ? {} : { signal })
      const wrong = faultOf(response, (protocol ? channel.limits : extendedLimits).maxResponseLength, step)
      if (wrong !== undefined) fail(wrong)
      else if (response instanceof Uint8Array && finish()) resolve(new Uint8Array(response))
    })()
    line.tail = answer.catch((error: unknown) => fail(coded(error, step)))
  })
}

function lineOf(channel: CardChannel): Line {
  const known = lines.get(channel)
  if (known !== undefined) return known
  const line: Line = { tail: Promise.resolve(), givenUp: false }
  lines.set(channel, line)
  return line
}

function faultOf(response: unknown, limit: number, step: string | undefined): TransportError | undefined {
  if (!(response instanceof Uint8Array) || response.length < 2)
    return new TransportError('TRANSPORT_EMPTY_RESPONSE', 'the answer has no status word', { step })
  return response.length > limit
    ? tooLong('the answer is longer than the channel carries', response.length, limit, step)
    : undefined
}

function tooLong(message: string, length: number, limit: number, step: string | undefined): TransportError {
  return new TransportError('TRANSPORT_LENGTH', message, { step, params: { length, limit } })
}

/** Errors of this SDK keep their class and gain the step; what a foreign channel throws is a lost link. */
function coded(error: unknown, step: string | undefined): CccdError {
  if (error instanceof TransportError && error.step === undefined && step !== undefined) {
    const { code, retryable, params } = error
    return new TransportError(code, 'the exchange failed', { step, retryable, params, cause: error })
  }
  return CccdError.is(error) ? error : new TransportError('LINK_LOST', 'the channel failed', { step, cause: error })
}
