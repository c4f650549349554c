import { setTimeout as sleep } from 'node:timers/promises'
import { isCccdError } from '@cccd/core'
import { type CardChannel, shortLimits, withPatience } from '@cccd/iso7816'
import type { PcscBinding, PcscCard, PcscSession } from './bindings/PcscBinding.js'
import { cardChannel } from './cardChannel.js'
import { PcscError } from './errors.js'
import { extendedLengthMemory } from './extendedLength.js'
import { type BindingName, loadBinding } from './loadBinding.js'
import type { ConnectOptions, Pcsc, WaitOptions } from './Pcsc.js'
import type { PcscEvent, ReaderInfo } from './ReaderInfo.js'
import { readerLimits } from './readerLimits.js'
import { readerTable } from './readerTable.js'

export interface OpenOptions {
  /** The library, by name or as an object of our interface (default `auto`). */
  readonly binding?: 'auto' | BindingName | PcscBinding
}

/** Neither library says when its first list of readers is complete: after this much silence, or this long with no reader at all. */
const quietTime = 120
const emptyTime = 400
const retryInterval = 100

/**
 * Opens the smart card service and watches its readers.
 *
 * @throws PcscError `PCSC_NO_BINDING`, `PCSC_NO_SERVICE`, `PCSC_ACCESS_DENIED`, `PCSC_FAILED`
 * @example
 * const pcsc = await openPcsc()
 * const { name } = await pcsc.waitForCard({ deadline: 30_000 })
 * const channel = await pcsc.connect({ reader: name })
 */
export async function openPcsc(options: OpenOptions = {}): Promise<Pcsc> {
  const { binding: wanted = 'auto' } = options
  const binding = typeof wanted === 'string' ? await loadBinding(wanted) : wanted
  const table = readerTable()
  const extended = extendedLengthMemory()
  const listeners = new Set<(event: PcscEvent) => void>()
  const channels = new Set<CardChannel>()
  const waiting = new Set<(error: PcscError) => void>()
  let dead: PcscError | undefined
  let closing: Promise<void> | undefined
  let touch = (): void => undefined

  const emit = (events: readonly PcscEvent[]): void => {
    touch()
    // A throw here would surface in a native callback.
    for (const event of events)
      for (const listener of [...listeners])
        try {
          listener(event)
        } catch {}
  }
  const lost = (error: PcscError): void => {
    if (dead !== undefined) return
    dead = error
    for (const reject of [...waiting]) reject(error)
    emit([{ type: 'service-lost', error }])
  }
  const session: PcscSession = binding.open({
    state: (reader, bits) => emit(table.update(reader, bits)),
    removed: (reader) => emit(table.remove(reader)),
    lost,
  })
  await firstList()

  async function firstList(): Promise<void> {
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, emptyTime)
      touch = () => {
        clearTimeout(timer)
        timer = setTimeout(resolve, quietTime)
      }
    })
    touch = () => undefined
  }

  function assertOpen(): void {
    if (dead !== undefined) throw new PcscError('PCSC_SERVICE_LOST', 'the smart card service went away', { cause: dead })
    if (closing !== undefined) throw new PcscError('PCSC_CLOSED', 'the connection to the service was closed')
  }

  async function waitForCard({ reader, deadline, signal }: WaitOptions = {}): Promise<ReaderInfo> {
    assertOpen()
    if (signal?.aborted) throw new PcscError('PCSC_ABORTED', 'cancelled while waiting for a card')
    const found = (): ReaderInfo | undefined =>
      table.list().find(({ name, card }) => card === 'present' && (reader === undefined || name === reader))
    const already = found()
    if (already !== undefined) return already
    return new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        unsubscribe()
        waiting.delete(fail)
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        action()
      }
      const fail = (error: PcscError): void => settle(() => reject(error))
      const onAbort = (): void => fail(new PcscError('PCSC_ABORTED', 'cancelled while waiting for a card'))
      const onDeadline = (): void =>
        fail(new PcscError('PCSC_TIMEOUT', 'no card came in time', { params: { deadline: deadline ?? 0 } }))
      const unsubscribe = subscribe(() => {
        const info = found()
        if (info !== undefined) settle(() => resolve(info))
      })
      waiting.add(fail)
      const timer = deadline === undefined ? undefined : setTimeout(onDeadline, deadline)
      signal?.addEventListener('abort', onAbort)
    })
  }

  async function connect(connectOptions: ConnectOptions = {}): Promise<CardChannel> {
    const { exclusive = true, deadline = 3000, signal } = connectOptions
    assertOpen()
    const info =
      connectOptions.reader === undefined
        ? (table.list().find(({ card }) => card === 'present') ?? table.list()[0])
        : table.get(connectOptions.reader)
    if (info === undefined) throw new PcscError('PCSC_NO_READER', 'no such reader')
    const card = await patiently(deadline, signal, () => {
      assertOpen()
      return connectTo(info.name, exclusive)
    })
    const limits = connectOptions.limits ?? (extended.isShort(info.name) ? shortLimits : await readerLimits(card))
    const channel = cardChannel(card, limits, (command, answered) => extended.note(info.name, command, answered))
    const tracked: CardChannel = {
      ...channel,
      close() {
        channels.delete(tracked)
        return channel.close()
      },
    }
    channels.add(tracked)
    if (closing !== undefined) await tracked.close()
    assertOpen()
    return tracked
  }

  /** A service that was there and is not any more has gone away, also when connecting is what finds it out. */
  async function connectTo(reader: string, exclusive: boolean): Promise<PcscCard> {
    try {
      return await session.connect(reader, { exclusive })
    } catch (error) {
      if (!isCccdError(error, 'PCSC_NO_SERVICE')) throw error
      lost(new PcscError('PCSC_SERVICE_LOST', 'the smart card service went away', { cause: error }))
      assertOpen()
      throw error
    }
  }

  function subscribe(listener: (event: PcscEvent) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  async function close(): Promise<void> {
    listeners.clear()
    for (const reject of [...waiting]) reject(new PcscError('PCSC_CLOSED', 'the connection to the service was closed'))
    await Promise.all([...channels].map((channel) => channel.close()))
    await withPatience(session.close())
  }

  return {
    binding: binding.name,
    readers: () => table.list(),
    subscribe,
    waitForCard,
    connect,
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** Tries again, at intervals, while another program has the reader. */
async function patiently<Result>(
  deadline: number,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Result>,
): Promise<Result> {
  for (let waited = 0; ; waited += retryInterval) {
    if (signal?.aborted) throw new PcscError('PCSC_ABORTED', 'cancelled while connecting')
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof PcscError) || error.code !== 'PCSC_SHARING_VIOLATION' || waited >= deadline) throw error
    }
    await sleep(Math.min(retryInterval, deadline - waited) || 1, undefined, signal === undefined ? {} : { signal }).catch(
      () => undefined,
    )
  }
}
