import type { CardChannel } from '@cccd/iso7816'
import { type OpenOptions, openPcsc } from './openPcsc.js'
import type { ConnectOptions } from './Pcsc.js'

/**
 * Connects, once, to the card in a reader, exclusively unless told otherwise. Closing the channel frees everything.
 *
 * @throws PcscError as `Pcsc.connect` and {@link openPcsc}
 * @example
 * const channel = await connect({ reader: 'ACS ACR122U PICC Interface 00 00' })
 * const reading = await readChip(channel, { access: accessFromQr(qr) })
 * await channel.close()
 */
export async function connect(options: ConnectOptions & OpenOptions = {}): Promise<CardChannel> {
  const pcsc = await openPcsc(options)
  try {
    const channel = await pcsc.connect(options)
    return { ...channel, close: () => pcsc.close() }
  } catch (error) {
    await pcsc.close()
    throw error
  }
}
