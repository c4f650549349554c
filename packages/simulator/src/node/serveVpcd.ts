import { connect, type Socket } from 'node:net'
import { CccdError, isCccdError } from '@cccd/core'
import type { CardChannel } from '@cccd/iso7816'
import { SimulatorError } from '../errors.js'
import { VpcdFrames, vpcdFrame } from './VpcdFrames.js'

/** A card that can be put into a reader: it has an answer to reset and forgets its session when power goes. */
export interface VpcdCard extends CardChannel {
  readonly answerToReset: Uint8Array
  reset(): void | Promise<void>
}

export interface ServeVpcdOptions {
  /** Where vpcd listens (default `127.0.0.1`). */
  readonly host?: string
  /** The port of the virtual slot (default 35963, the first). */
  readonly port?: number
  /** Takes the card out of the reader. */
  readonly signal?: AbortSignal
}

/** A card in a virtual reader. */
export interface VpcdServer {
  /**
   * Settles when the card is out of the reader, never rejects: with undefined after `close()` or the signal, with
   * `SIMULATOR_VPCD_UNREACHABLE` when the daemon went away, `SIMULATOR_VPCD_PROTOCOL` when what it sent is no vpcd protocol,
   * or the card's own `LINK_LOST`.
   */
  readonly closed: Promise<CccdError | undefined>
  /** Takes the card out of the reader. */
  close(): Promise<void>
}

const connectTimeout = 5000
const noDiagnosis = Uint8Array.of(0x6f, 0x00)
const control = { off: 0x00, on: 0x01, reset: 0x02, answerToReset: 0x04 } as const

/**
 * Puts a card into the virtual reader of a running pcscd (vsmartcard's vpcd): whatever speaks PC/SC finds it there.
 * The card stays in until `close()`, the signal, or the end of the daemon; there is no reconnecting.
 *
 * @throws SimulatorError `SIMULATOR_VPCD_UNREACHABLE` when nothing listens there
 * @example
 * const served = await serveVpcd(virtualCard(card), { port: 35963 })
 * await served.closed
 */
export async function serveVpcd(card: VpcdCard, options: ServeVpcdOptions = {}): Promise<VpcdServer> {
  const { host = '127.0.0.1', port = 35963, signal } = options
  const socket = await open(host, port, signal)
  let reason: CccdError | undefined
  let working: Promise<void> = Promise.resolve()
  const frames = new VpcdFrames()

  const end = (why?: CccdError): void => {
    if (socket.destroyed) return
    reason = why
    socket.destroy()
  }
  const close = (): void => end()
  const closed = new Promise<CccdError | undefined>((resolve) => {
    socket.once('close', () => {
      signal?.removeEventListener('abort', close)
      resolve(reason)
    })
  })
  socket.on('error', () => end(goneAway(host, port)))
  socket.on('end', () => end(goneAway(host, port)))
  socket.on('data', (chunk) => {
    try {
      // In the order they came: a reset must not overtake the command before it.
      for (const frame of frames.push(chunk))
        working = working
          .then(() => (socket.destroyed ? undefined : answer(card, frame, socket)))
          .catch((error) => end(coded(error)))
    } catch (error) {
      end(coded(error))
    }
  })
  signal?.addEventListener('abort', close)
  if (signal?.aborted) close()

  return {
    closed,
    async close() {
      end()
      await closed
    },
  }
}

/** Only the answer to reset and APDUs are answered, each in one write: vpcd reads nothing after power off, on and reset. */
async function answer(card: VpcdCard, frame: Uint8Array, socket: Socket): Promise<void> {
  if (frame.length > 1) {
    const response = await respond(card, frame)
    if (!socket.destroyed) socket.write(vpcdFrame(response))
    return
  }
  const [code] = frame
  if (code === control.answerToReset) socket.write(vpcdFrame(card.answerToReset))
  else if (code === control.off || code === control.on || code === control.reset) await card.reset()
}

async function respond(card: VpcdCard, command: Uint8Array): Promise<Uint8Array> {
  try {
    const response = await card.transmit(command)
    return response.length < 2 || response.length > 0xffff ? noDiagnosis : response
  } catch (error) {
    // A card that loses its link is pulled out of the reader; one that merely fails says so, as chips do.
    if (isCccdError(error, 'LINK_LOST')) throw error
    return noDiagnosis
  }
}

function open(host: string, port: number, signal: AbortSignal | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, ...(signal === undefined ? {} : { signal }) })
    const fail = (): void => {
      socket.destroy()
      reject(
        new SimulatorError('SIMULATOR_VPCD_UNREACHABLE', 'no virtual reader listens there', {
          retryable: true,
          params: { port },
        }),
      )
    }
    socket.setTimeout(connectTimeout, fail)
    socket.once('error', fail)
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.removeListener('timeout', fail)
      socket.removeListener('error', fail)
      resolve(socket)
    })
  })
}

function goneAway(host: string, port: number): SimulatorError {
  return new SimulatorError('SIMULATOR_VPCD_UNREACHABLE', 'the virtual reader went away', {
    retryable: true,
    params: { host, port },
  })
}

function coded(error: unknown): CccdError {
  return CccdError.is(error) ? error : new SimulatorError('SIMULATOR_VPCD_PROTOCOL', 'the card failed', { cause: error })
}
