import { isCccdError } from '@cccd/core'
import type { CardChannel, ChannelLimits } from '@cccd/iso7816'
import { NfcSessionError } from './errors.js'
import { type IsoDepChannel, isoDepChannel } from './isoDepChannel.js'
import { loadNfcLibrary } from './loadNfcLibrary.js'
import type { NfcLibrary } from './NfcLibrary.js'
import { aborted, requestCard } from './requestCard.js'
import { type EndTexts, takePhone } from './session.js'

export interface WithChipOptions {
  /** What the sheet of iOS says while it waits for the card. Android shows nothing by itself: your screen does. */
  readonly prompt: string
  /** iOS: what the sheet says at the good end, beside a tick. */
  readonly done?: string
  /** iOS: what the sheet says at a bad end, for instance `(error) => advice(error, 'vi')`; nothing for undefined. */
  readonly failed?: (error: unknown) => string | undefined
  readonly signal?: AbortSignal
  /** Milliseconds until a card must be there (default 60,000; iOS ends a session after 60 s whatever it is). */
  readonly deadline?: number
  /** Android: milliseconds for a command (default 4000). */
  readonly timeout?: number
  /** What phone and card can carry (default: what Android says; 1,024 bytes on iOS). */
  readonly limits?: ChannelLimits
  /** `import * as nfc from 'react-native-nfc-manager'` (default: loaded when called). */
  readonly nfc?: NfcLibrary
}

/** iOS: another text on the sheet, such as the progress. Never rejects; does nothing on Android. */
export type Show = (text: string) => void

/**
 * Opens the phone's NFC, waits for a card, hands it to `use` as a channel, and closes whatever happens. One session at a time; the next one
 * waits until the system has let go of the last.
 *
 * @throws NfcSessionError `NFC_NOT_INSTALLED`, `NFC_UNSUPPORTED`, `NFC_DISABLED`, `NFC_NOT_PERMITTED`, `NFC_BUSY`, `NFC_WRONG_CARD`,
 * `NFC_TIMEOUT`, `NFC_CANCELLED` (the person closed the sheet), `NFC_ABORTED` (your signal), `NFC_SESSION_ENDED` (the sheet was closed, or
 * its time was over, while the card was read), `NFC_FAILED`
 * @throws what `use` throws; a card that is taken away is a TransportError `LINK_LOST`, retryable
 * @example
 * const partial = createPartialReading()
 * const read = () => withChip((channel) => readChip(channel, { access, into: partial }), { prompt: 'Áp thẻ vào điện thoại' })
 * const reading = await read().catch((error) => (isCccdError(error, 'LINK_LOST') ? read() : Promise.reject(error)))
 */
export async function withChip<Result>(
  use: (channel: CardChannel, show: Show) => Promise<Result>,
  options: WithChipOptions,
): Promise<Result> {
  const { prompt, signal, deadline = 60_000, timeout, limits, done, failed } = options
  if (!(deadline > 0)) throw new RangeError('deadline must be positive')
  if (timeout !== undefined && !(timeout > 0)) throw new RangeError('timeout must be positive')
  if (signal?.aborted) throw aborted()
  const library = options.nfc ?? (await loadNfcLibrary())
  const giveBack = await takePhone(library)
  let ended = false
  const end = (texts: EndTexts): void => {
    if (!ended) giveBack(texts)
    ended = true
  }
  let channel: IsoDepChannel | undefined
  try {
    await requestCard(library, { prompt, deadline, signal })
    channel = await isoDepChannel(library, { timeout, limits }, async () => end({ done }))
    const show: Show = (text) => void library.default.setAlertMessageIOS?.(text).catch(() => undefined)
    return await untilAborted(use(channel, show), signal)
  } catch (error) {
    const told =
      channel?.sessionEnded === true && isCccdError(error, 'LINK_LOST')
        ? new NfcSessionError('NFC_SESSION_ENDED', 'the system ended the session', { cause: error })
        : error
    end({ failed: failed?.(told) })
    throw told
  } finally {
    await channel?.close()
  }
}

/** What the card still does after the app has stopped is nobody's. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const finish = (): void => signal.removeEventListener('abort', onAbort)
    const onAbort = (): void => {
      finish()
      reject(aborted())
    }
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    work.finally(finish).then(resolve, reject)
  })
}
