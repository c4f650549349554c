import { withPatience } from '@cccd/iso7816'
import { PcscError } from '../errors.js'
import type { NativeContext, NativeReader, PcscliteModule } from './pcscliteNative.js'
import { quietPeriod } from './quietPeriod.js'
import { scardError } from './scardError.js'

export interface PcscliteWatch {
  /** Readers whose first status is known. */
  readonly readers: ReadonlyMap<string, NativeReader>
  close(): Promise<void>
}

export interface PcscliteWatchListener {
  status(reader: NativeReader, bits: number, answerToReset: Uint8Array | undefined): void
  removed(name: string): void
  lost(error: PcscError): void
}

/**
 * A context of pcsclite with its reader threads, and their orderly end. From its C++ source:
 * - with no daemon its constructor throws;
 * - a reader's `close()` before its thread reported once can leave a handle behind that keeps the process alive, and inside a
 *   callback of that reader it waits for a lock that the callback holds: hence each waits for the first status and a new turn;
 * - a reader collected as garbage with its thread alive blocks the process: `alive` holds on to them;
 * - closing waits for the threads without end: see {@link quietPeriod}.
 *
 * @throws PcscError `PCSC_NO_SERVICE`, `PCSC_FAILED`
 */
export function watchPcsclite(pcsclite: PcscliteModule, listener: PcscliteWatchListener): PcscliteWatch {
  let context: NativeContext
  try {
    context = pcsclite()
  } catch (error) {
    throw scardError(error)
  }
  const readers = new Map<string, NativeReader>()
  const alive = new Map<NativeReader, { reported: Promise<void>; ended: Promise<void> }>()
  let closing: Promise<void> | undefined
  const quiet = quietPeriod()

  // After a cancelled wait the context reports an error that is none.
  context.on('error', (error) => {
    if (closing === undefined) listener.lost(lostBy(error))
  })
  context.on('reader', (reader) => {
    const reported = settleable()
    const ended = settleable()
    alive.set(reader, { reported: reported.promise, ended: ended.promise })
    reader.on('status', ({ state, atr }) => {
      quiet.changed(state, atr)
      if (closing === undefined) {
        readers.set(reader.name, reader)
        listener.status(reader, state, atr)
      }
      reported.settle()
    })
    // The context's own error tells of a lost service; a reader's comes with its end.
    reader.on('error', () => reported.settle())
    reader.on('end', () => {
      alive.delete(reader)
      if (readers.get(reader.name) === reader) readers.delete(reader.name)
      if (closing === undefined) listener.removed(reader.name)
      reported.settle()
      ended.settle()
    })
  })

  async function close(): Promise<void> {
    await Promise.all([...alive.values()].map(({ reported }) => withPatience(reported)))
    await quiet.wait()
    context.close()
    for (const reader of alive.keys()) reader.close()
    await Promise.all([...alive.values()].map(({ ended }) => withPatience(ended)))
  }

  return {
    readers,
    close() {
      closing ??= close()
      return closing
    },
  }
}

/** Any failure of the watching thread ends it: for this context the service is gone. */
function lostBy(error: unknown): PcscError {
  const coded = scardError(error)
  return coded.code === 'PCSC_SERVICE_LOST'
    ? coded
    : new PcscError('PCSC_SERVICE_LOST', 'the smart card service went away', { cause: coded })
}

function settleable(): { promise: Promise<void>; settle: () => void } {
  let settle = (): void => undefined
  const promise = new Promise<void>((resolve) => {
    settle = resolve
  })
  return { promise, settle }
}
