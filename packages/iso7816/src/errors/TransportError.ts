import { CccdError, type CccdErrorOptions } from '@cccd/core'

/** Every code of the link to a chip. */
export const transportErrorCodes = [
  'LINK_LOST',
  'TRANSPORT_TIMEOUT',
  'TRANSPORT_ABORTED',
  'TRANSPORT_CLOSED',
  'TRANSPORT_EMPTY_RESPONSE',
  'TRANSPORT_LENGTH',
  'TRANSPORT_REPLAY_MISMATCH',
  'TRANSPORT_REPLAY_EXHAUSTED',
  'TRANSPORT_TRACE_INVALID',
] as const

export type TransportErrorCode = (typeof transportErrorCodes)[number]

const retryableCodes: readonly TransportErrorCode[] = ['LINK_LOST', 'TRANSPORT_TIMEOUT']

/** The link to the chip failed. `retryable` says whether opening a new channel and going on may succeed. */
export class TransportError extends CccdError<TransportErrorCode> {
  override readonly name = 'TransportError'

  constructor(code: TransportErrorCode, message: string, options: CccdErrorOptions = {}) {
    super(code, message, { retryable: retryableCodes.includes(code), ...options })
  }
}
