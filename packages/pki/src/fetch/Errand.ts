import { isCccdError } from '@cccd/core'
import { Deadline } from '@cccd/http'

export interface ErrandLimits {
  /** Milliseconds for the whole call. */
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
  readonly maxRequests: number
}

/** One call that sends requests where foreign data says: how long its caller waits, and how many it may send. */
export class Errand {
  readonly deadline: Deadline
  /** Milliseconds for one request: a host that is silent leaves time for the next one. */
  readonly requestDeadline: number
  #left: number

  /** @throws RangeError for limits that are none */
  constructor({ deadline, signal, maxRequests }: ErrandLimits) {
    if (!Number.isSafeInteger(maxRequests) || maxRequests < 1) throw new RangeError('maxRequests must be a whole number from 1')
    this.deadline = new Deadline(deadline, { signal })
    this.requestDeadline = Math.max(1, Math.floor(deadline / 2))
    this.#left = maxRequests
  }

  get isLate(): boolean {
    return this.deadline.error?.code === 'HTTP_TIMEOUT'
  }

  /** What comes of work in time, else `late`. @throws HttpError `HTTP_ABORTED`; what the work throws */
  within<Value, Late>(work: Promise<Value>, late: Late): Promise<Value | Late> {
    return this.orLate(this.deadline.race(work), late)
  }

  /** As {@link within}, of work that holds itself to the deadline. */
  async orLate<Value, Late>(work: Promise<Value>, late: Late): Promise<Value | Late> {
    try {
      return await work
    } catch (error) {
      if (this.isLate && isCccdError(error, 'HTTP_TIMEOUT')) return late
      throw error
    }
  }

  /** Whether one more request may be sent; it counts. */
  maySend(): boolean {
    return this.#left-- > 0
  }
}
