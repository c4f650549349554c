import { CccdError } from '@cccd/core'
import type { CardChannel } from '../CardChannel.js'
import { TransportError } from '../errors/TransportError.js'

/** Channels on which an exchange was given up: an answer may still come, and must never be taken for that of another command. */
const abandoned = /* @__PURE__ */ new WeakSet<CardChannel>()

const longestTimer = 0x7fffffff

/** What one exchange may take and how it is stopped. */
export interface ExchangeOptions {
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
  readonly step?: string | undefined
}

/** One exchange under a deadline and an abort signal; whatever the channel does, it settles once, coded. */
export function exchange(channel: CardChannel, command: Uint8Array, options: ExchangeOptions): Promise<Uint8Array> {
  const { deadline, signal, step } = options
  if (signal?.aborted)
    return Promise.reject(new TransportError('TRANSPORT_ABORTED', 'cancelled before the command was sent', { step }))
  if (abandoned.has(channel))
    return Promise.reject(
      new TransportError('TRANSPORT_CLOSED', 'an earlier exchange was given up; open a new channel', { step, retryable: true }),
    )
  const { maxCommandLength, maxResponseLength } = channel.limits
  if (command.length > maxCommandLength)
    return Promise.reject(tooLong('the command is longer than the channel carries', command.length, maxCommandLength, step))

  return new Promise((resolve, reject) => {
    let settled = false
    const finish = (): boolean => {
      if (settled) return false
      settled = true
      if (timer !== undefined) clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      return true
    }
    const giveUp = (error: TransportError): void => {
      if (!finish()) return
      abandoned.add(channel)
      reject(error)
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
    // A channel handed in by a caller may throw at once instead of rejecting.
    const answer = new Promise<Uint8Array>((answered) => {
      answered(channel.transmit(command, signal === undefined ? {} : { signal }))
    })
    answer.then(
      (response) => {
        if (!finish()) return
        if (!(response instanceof Uint8Array) || response.length < 2)
          reject(new TransportError('TRANSPORT_EMPTY_RESPONSE', 'the answer has no status word', { step }))
        else if (response.length > maxResponseLength)
          reject(tooLong('the answer is longer than the channel carries', response.length, maxResponseLength, step))
        else resolve(response)
      },
      (error: unknown) => {
        if (finish()) reject(coded(error, step))
      },
    )
  })
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
