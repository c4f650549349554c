import { send } from '@cccd/iso7816'
import { withChip } from '@cccd/react-native'
import { advice } from '@cccd/react-native/messages'
import type { Phone } from './nativeModule.js'

const read = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 }
/** What `advice` says of the error, or what the read gave. */
const tap = (): Promise<unknown> =>
  withChip((channel) => send(channel, read).then(({ data }) => [...data, channel.limits.maxResponseLength]), {
    prompt: 'DEMO',
  }).catch((error: unknown) => advice(error, 'vi'))

/** A good read, a lost tag, and a read after it, with the library loaded as an app loads it. */
export async function scenario(phone: Phone): Promise<unknown[]> {
  let count = 0
  phone.card = {
    limits: { maxCommandLength: 261, maxResponseLength: 258 },
    transmit: async () => Uint8Array.of(++count, 0x90, 0),
    close: async () => undefined,
  }
  const good = await tap()
  phone.failNext = phone.system === 'ios' ? 'NFCError:100' : 'transceive fail'
  return [good, await tap(), await tap()]
}
