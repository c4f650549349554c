import { type CardChannel, type ChannelLimits, serialised, TransportError, withPatience } from '@cccd/iso7816'
import type { PcscCard } from './bindings/PcscBinding.js'

/** Told of every command and whether it was answered. */
type ExchangeNote = (command: Uint8Array, answered: boolean) => void

/** A connected card as a channel; every failure of an exchange is a TransportError, the reader's own error its cause. */
export function cardChannel(card: PcscCard, limits: ChannelLimits, note: ExchangeNote = () => undefined): CardChannel {
  let gone = false

  /** Lets go of a card that is lost at once: the handle would keep the next connection out, although it leads nowhere. */
  function lost(cause?: unknown): TransportError {
    gone = true
    void card.disconnect().catch(() => undefined)
    return new TransportError('LINK_LOST', 'the reader lost the card', { cause })
  }

  async function transmit(command: Uint8Array): Promise<Uint8Array> {
    if (gone) throw new TransportError('LINK_LOST', 'the reader lost the card before')
    const response = await card.transmit(command, limits.maxResponseLength).catch((cause: unknown) => {
      note(command, false)
      throw lost(cause)
    })
    note(command, response.length >= 2)
    // Drivers report a card that was pulled out during a command as success with no bytes at all.
    if (response.length < 2) throw lost()
    return response
  }

  return serialised({
    transmit,
    limits,
    ...(card.answerToReset === undefined ? {} : { answerToReset: card.answerToReset }),
    // A card or service that is gone is as good as disconnected.
    close: () => withPatience(card.disconnect().catch(() => undefined)),
  })
}
