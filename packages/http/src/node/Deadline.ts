import { HttpError } from '../errors.js'

/** One deadline and one signal over everything that a request does. */
export class Deadline {
  readonly #timer: ReturnType<typeof setTimeout>
  readonly #signal: AbortSignal | undefined
  readonly #onAbort: () => void
  readonly #listeners = new Set<(error: HttpError) => void>()
  #error: HttpError | undefined

  constructor(milliseconds: number, signal: AbortSignal | undefined, host: string) {
    const params = { host }
    this.#signal = signal
    this.#onAbort = () => this.#fire(new HttpError('HTTP_ABORTED', 'the request was cancelled', { params }))
    this.#timer = setTimeout(
      () =>
        this.#fire(new HttpError('HTTP_TIMEOUT', 'no whole answer in time', { params: { ...params, deadline: milliseconds } })),
      milliseconds,
    )
    if (signal?.aborted) this.#onAbort()
    else signal?.addEventListener('abort', this.#onAbort)
  }

  #fire(error: HttpError): void {
    this.#error ??= error
    for (const listener of this.#listeners) listener(this.#error)
  }

  /** Calls back when time is up or the signal aborts, at once where that has happened. Returns what takes the listener away. */
  onEnd(listener: (error: HttpError) => void): () => void {
    if (this.#error !== undefined) listener(this.#error)
    else this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

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

  end(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#listeners.clear()
  }
}
