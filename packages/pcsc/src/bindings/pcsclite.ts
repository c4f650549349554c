import { Buffer } from 'node:buffer'
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
import type { NativeReader, PcscliteModule } from './pcscliteNative.js'
import { scardError } from './scardError.js'
import { watchPcsclite } from './watchPcsclite.js'

const findTimeout = 2000

/** The binding over `pcsclite`, which is compiled at installation. */
export function pcscliteBinding(pcsclite: PcscliteModule): PcscBinding {
  return {
    name: 'pcsclite',
    open(listener: SessionListener) {
      const idle = new Map<string, NativeReader>()
      const open = new Set<PcscCard>()
      const answersToReset = new Map<string, Uint8Array>()
      const watch = watchPcsclite(pcsclite, {
        status(reader, bits, answerToReset) {
          if (answerToReset !== undefined && answerToReset.length > 0)
            answersToReset.set(reader.name, Uint8Array.from(answerToReset))
          else answersToReset.delete(reader.name)
          listener.state(reader.name, bits)
        },
        removed(name) {
          idle.delete(name)
          listener.removed(name)
        },
        lost: (error) => listener.lost(error),
      })

      return {
        async connect(reader, { exclusive }) {
          const native = idle.get(reader) ?? (await readerWithoutThread(pcsclite, reader))
          idle.delete(reader)
          const protocol = await new Promise<number>((resolve, reject) => {
            native.connect({ share_mode: exclusive ? shareMode.exclusive : shareMode.shared }, (error, chosen) => {
              if (error || chosen === undefined) reject(scardError(error))
              else resolve(chosen)
            })
          }).catch((error: PcscError) => {
            if (error.code === 'PCSC_SHARING_VIOLATION' || error.code === 'PCSC_NO_CARD') idle.set(reader, native)
            throw error
          })
          const answerToReset = answersToReset.get(reader)
          const card: PcscCard = {
            ...(answerToReset === undefined ? {} : { answerToReset }),
            transmit: (command, maxResponseLength) => transmit(native, command, maxResponseLength, protocol),
            control: (code) => control(native, code),
            disconnect: once(async () => {
              try {
                await disconnect(native)
                idle.set(reader, native)
              } finally {
                open.delete(card)
              }
            }),
          }
          open.add(card)
          return card
        },
        async close() {
          await Promise.allSettled([...open].map((card) => card.disconnect()))
          await watch.close()
        },
      }
    },
  }
}

/**
 * A reader object for connecting only. While a command runs, the library holds a lock that the handling of a status change of the
 * same object takes on the main thread, so one slow card would stop the whole process. An object whose status thread has ended has no
 * such changes and still connects.
 */
async function readerWithoutThread(pcsclite: PcscliteModule, name: string): Promise<NativeReader> {
  let settle: (found: NativeReader | PcscError | undefined) => void = () => undefined
  const outcome = new Promise<NativeReader | PcscError | undefined>((resolve) => {
    settle = resolve
  })
  const watch = watchPcsclite(pcsclite, {
    status: (reader) => (reader.name === name ? settle(reader) : undefined),
    removed: (removed) => (removed === name ? settle(undefined) : undefined),
    lost: settle,
  })
  const timer = setTimeout(() => settle(undefined), findTimeout)
  const found = await outcome
  clearTimeout(timer)
  await watch.close()
  if (found === undefined) throw new PcscError('PCSC_NO_READER', 'no such reader')
  if (found instanceof PcscError) throw found
  return found
}

function transmit(reader: NativeReader, command: Uint8Array, maxResponseLength: number, protocol: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(command.buffer, command.byteOffset, command.length)
    reader.transmit(bytes, maxResponseLength, protocol, (error, response) => {
      if (error || response === undefined) reject(scardError(error))
      else resolve(Uint8Array.from(response))
    })
  })
}

function control(reader: NativeReader, code: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    reader.control(Buffer.alloc(0), code, longestControlAnswer, (error, response) => {
      if (error || response === undefined) reject(scardError(error))
      else resolve(Uint8Array.from(response))
    })
  })
}

function disconnect(reader: NativeReader): Promise<void> {
  return new Promise((resolve, reject) => {
    reader.disconnect(resetCard, (error) => (error ? reject(scardError(error)) : resolve()))
  })
}
