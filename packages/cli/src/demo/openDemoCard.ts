import type { CardChannel } from '@cccd/iso7816'
import type { AttackName, CardImage } from '@cccd/simulator'
import type { Context } from '../Context.js'

export interface OpenDemoCardOptions {
  readonly attack: AttackName | undefined
  /** Through the PC/SC daemon of this machine and its virtual reader. */
  readonly pcsc: boolean
}

/** A channel to the demo card: in this process, or through a real PC/SC stack. Closing it takes the card out. */
export async function openDemoCard(card: CardImage, options: OpenDemoCardOptions, context: Context): Promise<CardChannel> {
  const { virtualCard } = await import('@cccd/simulator')
  const { attack, pcsc } = options
  const chip = virtualCard(card, { random: context.io.random, ...(attack === undefined ? {} : { attack }) })
  if (!pcsc) return chip
  const { serveVpcd } = await import('@cccd/simulator/node')
  const { openReader } = await import('../files/openReader.js')
  const server = await serveVpcd(chip, { signal: context.io.signal })
  try {
    const channel = await openReader({ reader: 'Virtual PCD 00 00', wait: 10 }, context)
    return {
      transmit: (command, transmitOptions) => channel.transmit(command, transmitOptions),
      limits: channel.limits,
      ...(channel.answerToReset === undefined ? {} : { answerToReset: channel.answerToReset }),
      async close() {
        await channel.close()
        await server.close()
      },
    }
  } catch (error) {
    await server.close()
    throw error
  }
}
