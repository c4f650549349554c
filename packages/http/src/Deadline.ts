import { HttpError } from './errors.js'

/**
 * One time limit and one signal of the caller's over everything that a piece of work does: what is waited for through `race` is not waited
 * for any longer. Whoever makes one ends it.
 *
 * @example
 * const deadline = new Deadline(5000, { signal })
 * try {
 *   return await deadline.race(work)
 * } finally {
 *   deadline.end()
 * }
 */
export class Deadline {
  readonly #timer: ReturnType<typeof setTimeout>
  readonly #given: AbortSignal | undefined
  readonly #onAbort: () => void
  readonly #listeners = new Set<(error: HttpError) => void>()
  readonly #controller = newController()
  #error: HttpError | undefined

  /**
   * @param milliseconds from now
   * @throws RangeError for a time that is none
   */
  constructor(milliseconds: number, options: { readonly signal?: AbortSignal | undefined; readonly host?: string } = {}) {
    const { signal, host } = options
    if (!(milliseconds > 0 && milliseconds <= 0x7fffffff))
      throw new RangeError('a deadline is in milliseconds, from 1 to 2^31 - 1')
    const params = host === undefined ? {} : { host }
    this.#given = signal
    this.#onAbort = () => this.#fire(new HttpError('HTTP_ABORTED', 'the request was cancelled', { params }))
    this.#timer = setTimeout(
      () =>
        this.#fire(new HttpError('HTTP_TIMEOUT', 'no whole answer in time', { params: { ...params, deadline: milliseconds } })),
      milliseconds,
    )
    if (signal?.aborted) this.#onAbort()
    else signal?.addEventListener('abort', this.#onAbort)
  }

  /** Aborts when time is up, the caller's signal does or the work ends; where the runtime makes no signals, the caller's own. */
  get signal(): AbortSignal | undefined {
    return this.#controller?.signal ?? this.#given
  }

  /** Calls back when time is up or the signal aborts, at once where that has happened. Returns what takes the listener away. */
  onEnd(listener: (error: HttpError) => void): () => void {
    if (this.#error !== undefined) listener(this.#error)
    else this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** `HTTP_TIMEOUT` or `HTTP_ABORTED`, where that has happened. */
  get error(): HttpError | undefined {
    return this.#error
  }

  /** @throws HttpError {@link error} */
  check(): void {
    if (this.#error !== undefined) throw this.#error
  }

  /** @throws HttpError `HTTP_TIMEOUT`, `HTTP_ABORTED`, whatever becomes of the work */
  race<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const forget = this.onEnd(reject)
      work.then(
        (value) => {
          forget()
          resolve(value)
        },
        (error: unknown) => {
          forget()
          reject(error)
        },
      )
    })
  }

  /** Nothing is limited any longer, and what is still under way by {@link signal} is over. */
  end(): void {
    clearTimeout(this.#timer)
    this.#given?.removeEventListener('abort', this.#onAbort)
    this.#listeners.clear()
    this.#controller?.abort()
  }

  #fire(error: HttpError): void {
    if (this.#error !== undefined) return
    this.#error = error
    for (const listener of this.#listeners) listener(error)
    this.#controller?.abort()
  }
}

/** Hermes has one only where React Native brings it. */
function newController(): AbortController | undefined {
  const { AbortController: Controller } = globalThis as { AbortController?: new () => AbortController }
  return Controller === undefined ? undefined : new Controller()
}
