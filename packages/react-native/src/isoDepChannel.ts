import { type CardChannel, type ChannelLimits, serialised, shortLimits, TransportError } from '@cccd/iso7816'
import type { NfcErrorClasses, NfcLibrary, NfcManagerPort } from './NfcLibrary.js'

/**
 * What Core NFC carries: answers from about 1,500 bytes on come back as "tag connection lost" on some phones, 1,200 never did. One kilobyte
 * is room for every protected answer of Active Authentication and costs a few exchanges of a portrait.
 */
export const iosLimits: ChannelLimits = /* @__PURE__ */ Object.freeze({ maxCommandLength: 1024, maxResponseLength: 1024 })

/** Below the 5 s that `send` waits by default: the phone itself says that the tag is lost. */
const defaultTimeout = 4000

export interface IsoDepOptions {
  /** Android: milliseconds for a command (default 4000). The default of many phones, 300 to 600, loses tags during PACE. */
  readonly timeout?: number | undefined
  /** What phone and card can carry (default: what Android says; 1,024 bytes on iOS). */
  readonly limits?: ChannelLimits | undefined
}

export interface IsoDepChannel extends CardChannel {
  /** Whether the system ended the session: the person closed the sheet of iOS, or its time was over. */
  readonly sessionEnded: boolean
}

/** The connected tag as a channel; every failure of an exchange is a TransportError. Closing is `close`'s affair. */
export async function isoDepChannel(
  library: NfcLibrary,
  options: IsoDepOptions,
  close: () => Promise<void>,
): Promise<IsoDepChannel> {
  const { default: manager, NfcError } = library
  // A phone that does not take a timeout keeps its own.
  await manager.setTimeout?.(options.timeout ?? defaultTimeout).catch(() => undefined)
  const limits = options.limits ?? (await limitsOf(manager))
  let gone = false
  let sessionEnded = false

  async function transmit(command: Uint8Array): Promise<Uint8Array> {
    if (gone) throw new TransportError('LINK_LOST', 'the phone lost the card before')
    try {
      return Uint8Array.from(await manager.isoDepHandler.transceive(Array.from(command)))
    } catch (cause) {
      if (isTooLong(cause, NfcError))
        throw new TransportError('TRANSPORT_LENGTH', 'the command is longer than the phone carries', {
          params: { length: command.length, limit: limits.maxCommandLength },
          cause,
        })
      gone = true
      sessionEnded ||= cause instanceof NfcError.SessionInvalidated
      throw new TransportError('LINK_LOST', 'the phone lost the card', { cause })
    }
  }

  const channel = serialised({ transmit, limits, close })
  return {
    ...channel,
    get sessionEnded() {
      return sessionEnded
    },
  }
}

function isTooLong(error: unknown, errors: NfcErrorClasses): boolean {
  return error instanceof errors.PacketTooLong || error instanceof errors.InvalidParameterLength
}

/** Android says how long a command may be; an answer may be as long. A phone without extended length says 261 or less. */
async function limitsOf(manager: NfcManagerPort): Promise<ChannelLimits> {
  if (manager.getMaxTransceiveLength === undefined) return iosLimits
  const longest = await manager.getMaxTransceiveLength().catch(() => 0)
  if (!(longest > shortLimits.maxCommandLength)) return shortLimits
  return { maxCommandLength: longest, maxResponseLength: longest }
}
