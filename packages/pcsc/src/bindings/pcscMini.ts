import { PcscError } from '../errors.js'
import { once } from './once.js'
import {
  longestControlAnswer,
  type PcscBinding,
  type PcscCard,
  resetCard,
  type SessionListener,
  shareMode,
} from './PcscBinding.js'
import { quietPeriod } from './quietPeriod.js'
import { scardError } from './scardError.js'

/** The part of `pcsc-mini` 0.1.3 that is used. */
export interface PcscMiniModule {
  readonly Client: new () => MiniClient
}

interface MiniClient {
  on(event: 'error', listener: (error: unknown) => void): this
  on(event: 'reader', listener: (reader: MiniReader) => void): this
  reader(name: string): MiniReader | undefined
  start(): this
  stop(): void
}

interface MiniReader {
  name(): string
  on(event: 'change', listener: (status: { readonly raw: number }, answerToReset: Uint8Array) => void): this
  on(event: 'disconnect', listener: () => void): this
  connect(mode: number): Promise<MiniCard>
}

interface MiniCard {
  transmit(command: Uint8Array, output: ArrayBuffer): Promise<Uint8Array>
  control(code: number, command: Uint8Array | undefined, output: ArrayBuffer): Promise<Uint8Array>
  disconnect(disposition: number): Promise<void>
  state(): Promise<{ readonly atr: Uint8Array }>
}

/**
 * Clients whose service died. When one is collected the library gives its context back, fails, and throws where nobody can
 * catch it: the process would end. They are small, and as rare as daemons die.
 */
const unreleasable = new Set<MiniClient>()

/** The binding over `pcsc-mini`, which comes prebuilt. */
export function pcscMiniBinding({ Client }: PcscMiniModule): PcscBinding {
  return {
    name: 'pcsc-mini',
    open(listener: SessionListener) {
      const open = new Set<PcscCard>()
      const quiet = quietPeriod()
      let closed = false
      const client = new Client()
      client.on('error', (error) => {
        unreleasable.add(client)
        if (closed) return
        listener.lost(new PcscError('PCSC_SERVICE_LOST', 'the smart card service went away', { cause: scardError(error) }))
      })
      client.on('reader', (reader) => {
        // Of the answer to reset that comes with a change only the length is right. The connected card's is right.
        reader.on('change', ({ raw }, answerToReset) => {
          quiet.changed(raw, answerToReset)
          if (!closed) listener.state(reader.name(), raw)
        })
        reader.on('disconnect', () => (closed ? undefined : listener.removed(reader.name())))
      })
      try {
        client.start()
      } catch (error) {
        throw scardError(error)
      }

      return {
        async connect(name, { exclusive }) {
          const reader = client.reader(name)
          if (reader === undefined) throw new PcscError('PCSC_NO_READER', 'no such reader')
          try {
            const native = await reader.connect(exclusive ? shareMode.exclusive : shareMode.shared)
            const { atr } = await native.state()
            const card: PcscCard = { answerToReset: Uint8Array.from(atr), ...exchangeWith(native, () => open.delete(card)) }
            open.add(card)
            return card
          } catch (error) {
            throw scardError(error)
          }
        },
        async close() {
          if (closed) return
          closed = true
          // Stopped with a command under way, the client would never let go of the reader.
          await Promise.allSettled([...open].map((card) => card.disconnect()))
          await quiet.wait()
          try {
            client.stop()
          } catch {
            // After the service is lost there is nothing to stop.
            unreleasable.add(client)
          }
        },
      }
    },
  }
}

function exchangeWith(native: MiniCard, forget: () => void): Pick<PcscCard, 'transmit' | 'control' | 'disconnect'> {
  let last: Promise<unknown> = Promise.resolve()
  /** The library refuses a second operation (`CardIsBusy`) while one runs. */
  const inTurn = <Result>(operation: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(operation).catch((error: unknown) => {
      throw scardError(error)
    })
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    transmit: (command, maxResponseLength) =>
      inTurn(async () => Uint8Array.from(await native.transmit(command, new ArrayBuffer(maxResponseLength)))),
    control: (code) =>
      inTurn(async () => Uint8Array.from(await native.control(code, undefined, new ArrayBuffer(longestControlAnswer)))),
    disconnect: once(() => inTurn(() => native.disconnect(resetCard)).finally(forget)),
  }
}
