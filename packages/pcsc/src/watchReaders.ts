import { setTimeout as sleep } from 'node:timers/promises'
import { isCccdError } from '@cccd/core'
import type { CardChannel } from '@cccd/iso7816'
import { PcscError } from './errors.js'
import { type OpenOptions, openPcsc } from './openPcsc.js'
import type { ConnectOptions, Pcsc } from './Pcsc.js'
import type { PcscEvent, ReaderInfo } from './ReaderInfo.js'

export type ReaderEvent = PcscEvent | { readonly type: 'service-restored' }

export interface WatchReadersOptions extends OpenOptions {
  /** Ends the watch, as `close` does. */
  readonly signal?: AbortSignal
  /** Milliseconds between attempts while the service is away (default 1000). */
  readonly retryInterval?: number
}

export interface ReaderWatch extends AsyncIterable<ReaderEvent> {
  /** The readers as they are now; none while the service is away. */
  readers(): ReaderInfo[]
  /** Connects through the watch's own connection to the service. @throws as `Pcsc.connect`; `PCSC_NO_SERVICE` while it is away */
  connect(options?: ConnectOptions): Promise<CardChannel>
  /** Ends the loop over the events, closes every channel of this watch and frees everything. */
  close(): Promise<void>
}

/** An event that nobody fetches is kept; this many are enough to know that nobody will. */
const longestQueue = 1000

/**
 * Watches readers and cards for as long as a program runs. First come the readers and cards that are there, as if they came now. When
 * the service goes away, its cards and readers go first, then `service-lost`; the watch tries again until the service is back,
 * says `service-restored` and begins anew. Leaving the loop closes the watch.
 *
 * @throws PcscError (from the loop) `PCSC_NO_BINDING`, `PCSC_ACCESS_DENIED`, `PCSC_FAILED`: what waiting does not mend
 * @example
 * const watch = watchReaders()
 * for await (const event of watch)
 *   if (event.type === 'card-inserted') await readCard(await watch.connect({ reader: event.reader }))
 */
export function watchReaders(options: WatchReadersOptions = {}): ReaderWatch {
  const { signal, retryInterval = 1000, ...open } = options
  if (!(retryInterval > 0)) throw new RangeError('retryInterval must be positive')
  const queue: ReaderEvent[] = []
  const fetching: ((result: Promise<IteratorResult<ReaderEvent>>) => void)[] = []
  const ending = new AbortController()
  let pcsc: Pcsc | undefined
  let broken: unknown
  let closing: Promise<void> | undefined

  const done = (): Promise<IteratorResult<ReaderEvent>> => {
    const error = broken
    broken = undefined
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error)
  }
  function push(...events: readonly ReaderEvent[]): void {
    for (const value of events) {
      const fetch = fetching.shift()
      if (fetch !== undefined) fetch(Promise.resolve({ done: false, value }))
      else if (queue.push(value) > longestQueue) queue.shift()
    }
  }

  /** One connection to the service, from its first list of readers to its loss. */
  async function follow(current: Pcsc): Promise<void> {
    pcsc = current
    for (const { name: reader, card } of current.readers())
      push({ type: 'reader-added', reader }, ...(card === 'absent' ? [] : [{ type: 'card-inserted', reader } as const]))
    await new Promise<void>((resolve) => {
      const unsubscribe = current.subscribe((event) => {
        if (event.type === 'service-lost') {
          unsubscribe()
          for (const { name: reader, card } of current.readers())
            push(...(card === 'absent' ? [] : [{ type: 'card-removed', reader } as const]), { type: 'reader-removed', reader })
          resolve()
        }
        push(event)
      })
      ending.signal.addEventListener('abort', () => resolve(), { once: true })
      if (ending.signal.aborted) resolve()
    })
    pcsc = undefined
    await current.close()
  }

  async function run(): Promise<void> {
    let again = false
    while (!ending.signal.aborted) {
      try {
        const current = await openPcsc(open)
        if (again) push({ type: 'service-restored' })
        again = true
        await follow(current)
      } catch (error) {
        if (!isCccdError(error, 'PCSC_NO_SERVICE')) throw error
        if (!again)
          push({
            type: 'service-lost',
            error: new PcscError('PCSC_SERVICE_LOST', 'the smart card service is away', { cause: error }),
          })
        again = true
        await sleep(retryInterval, undefined, { signal: ending.signal }).catch(() => undefined)
      }
    }
  }

  const running = run()
    .catch((error: unknown) => {
      broken = error
    })
    .finally(() => {
      ending.abort()
      for (const fetch of fetching.splice(0)) fetch(done())
    })
  const close = (): Promise<void> => {
    ending.abort()
    closing ??= running.finally(() => signal?.removeEventListener('abort', onAbort))
    return closing
  }
  const onAbort = (): void => void close()
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted) onAbort()

  return {
    readers: () => pcsc?.readers() ?? [],
    async connect(connectOptions) {
      if (ending.signal.aborted) throw new PcscError('PCSC_CLOSED', 'the watch was closed')
      if (pcsc === undefined) throw new PcscError('PCSC_NO_SERVICE', 'the smart card service is away')
      return pcsc.connect(connectOptions)
    },
    close,
    [Symbol.asyncIterator]: () => ({
      next() {
        const value = ending.signal.aborted ? undefined : queue.shift()
        if (value !== undefined) return Promise.resolve({ done: false, value })
        if (ending.signal.aborted) return close().then(done)
        return new Promise((resolve) => fetching.push(resolve))
      },
      async return() {
        await close()
        return { done: true, value: undefined }
      },
    }),
  }
}
