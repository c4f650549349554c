import type { Errand } from '../../fetch/Errand.js'
import { type SharedRequest, SharedRequests } from './SharedRequests.js'

/** A list or answer that is kept. */
export interface CachedRevocation {
  readonly bytes: Uint8Array
  /** ISO 8601 UTC, as is `expires`: until when it is not asked for again. */
  readonly fetchedAt: string
  readonly expires: string
}

/** Where lists and answers outlive the process. What it gives is verified like anything from the network. */
export interface RevocationStore {
  get(key: string): Promise<CachedRevocation | undefined>
  set(key: string, entry: CachedRevocation): Promise<void>
}

export interface RevocationCacheOptions {
  readonly store?: RevocationStore
  /** Most entries kept in memory (default 256); the one longest unused goes first. */
  readonly maxEntries?: number
  /** Most bytes kept in memory (default 64 MiB). */
  readonly maxBytes?: number
  /** Seconds in which an address that failed is not asked again (default 60). */
  readonly failureSeconds?: number
}

/**
 * Remembers what `fetchRevocation` got, until its next update and no longer than a day; what failed, for a short while; and what is on its way, so
 * that many readings at once ask an authority once.
 *
 * @throws RangeError for limits that are none
 * @example const cache = new RevocationCache({ store })
 */
export class RevocationCache {
  readonly #store: RevocationStore | undefined
  readonly #maxEntries: number
  readonly #maxBytes: number
  readonly #failureSeconds: number
  readonly #entries = new Map<string, CachedRevocation>()
  readonly #failures = new Map<string, number>()
  readonly #requests = new SharedRequests()
  #bytes = 0

  constructor(options: RevocationCacheOptions = {}) {
    const { maxEntries = 256, maxBytes = 67_108_864, failureSeconds = 60 } = options
    for (const limit of [maxEntries, maxBytes, failureSeconds])
      if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError('limits of a cache are whole numbers from 0')
    this.#store = options.store
    this.#maxEntries = maxEntries
    this.#maxBytes = maxBytes
    this.#failureSeconds = failureSeconds
  }

  /** What is in memory: it comes at once. */
  remembered(key: string): CachedRevocation | undefined {
    const known = this.#entries.get(key)
    if (known !== undefined) this.#keep(key, known)
    return known
  }

  async get(key: string): Promise<CachedRevocation | undefined> {
    const known = this.remembered(key)
    if (known !== undefined) return known
    const stored = await this.#store?.get(key)
    if (stored !== undefined) this.#keep(key, stored)
    return stored
  }

  async set(key: string, entry: CachedRevocation): Promise<void> {
    this.#failures.delete(key)
    this.#keep(key, entry)
    await this.#store?.set(key, entry)
  }

  /** Whether an address failed shortly before. */
  failedLately(key: string, at: string): boolean {
    const failed = this.#failures.get(key)
    return failed !== undefined && Math.abs(Date.parse(at) - failed) < this.#failureSeconds * 1000
  }

  noteFailure(key: string, at: string): void {
    this.#failures.delete(key)
    this.#failures.set(key, Date.parse(at))
    if (this.#failures.size > this.#maxEntries) this.#failures.delete(this.#failures.keys().next().value as string)
  }

  /** Sends a request under a key once, however many ask for it at the same time; it ends when none of them waits any longer. */
  share<Value>(key: string, errand: Errand, send: (request: SharedRequest) => Promise<Value>): Promise<Value> {
    return this.#requests.join(key, errand, send)
  }

  /** Whether somebody waits for a request of this key. */
  isShared(key: string): boolean {
    return this.#requests.has(key)
  }

  #keep(key: string, entry: CachedRevocation): void {
    this.#bytes += entry.bytes.length - (this.#entries.get(key)?.bytes.length ?? 0)
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    for (const [oldest, { bytes }] of this.#entries) {
      if (this.#entries.size <= this.#maxEntries && this.#bytes <= this.#maxBytes) return
      this.#entries.delete(oldest)
      this.#bytes -= bytes.length
    }
  }
}
