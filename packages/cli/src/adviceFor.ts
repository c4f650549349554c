import { advise, type Language, type Messages } from '@cccd/core'
import { messages } from './messages.js'

/** The text for an error of any package. The tables are loaded when there is an error to explain. */
export async function adviceFor(error: unknown, language: Language): Promise<string> {
  const loaded = await Promise.allSettled([
    import('@cccd/core/messages'),
    import('@cccd/identity/messages'),
    import('@cccd/image/messages'),
    import('@cccd/qr/messages'),
    import('@cccd/mrz/messages'),
    import('@cccd/iso7816/messages'),
    import('@cccd/crypto/messages'),
    import('@cccd/pki/messages'),
    import('@cccd/emrtd/messages'),
    import('@cccd/pcsc/messages'),
    import('@cccd/simulator/messages'),
  ])
  // A table that cannot be loaded must not hide the error.
  const tables = loaded.flatMap((table): Partial<Messages>[] => (table.status === 'fulfilled' ? [table.value.messages] : []))
  return advise(error, language, messages, ...tables)
}
