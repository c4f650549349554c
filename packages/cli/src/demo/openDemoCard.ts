import { setTimeout as sleep } from 'node:timers/promises'
import type { CardChannel } from '@cccd/iso7816'
import type { AttackName, CardImage } from '@cccd/simulator'
import type { Context } from '../Context.js'

/** The first slot of vpcd. */
const virtualReader = 'Virtual PCD 00 00'

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
  await untilEmpty()
  const server = await serveVpcd(chip, { signal: context.io.signal })
  try {
    const channel = await openReader({ reader: virtualReader, wait: 10 }, context)
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

/** The daemon notices with a delay that the card before was taken out; a card put in meanwhile would be taken for that one. */
async function untilEmpty(): Promise<void> {
  const { openPcsc } = await import('@cccd/pcsc')
  const pcsc = await openPcsc()
  try {
    const occupied = (): boolean => pcsc.readers().some(({ name, card }) => name === virtualReader && card !== 'absent')
    for (let waited = 0; occupied() && waited < 3000; waited += 50) await sleep(50)
  } finally {
    await pcsc.close()
  }
}
