// The reading screen of an app: one tap, a second one where the card slipped, then the raw bytes to the server that made the challenge.
// First line of the app's index.js: import 'react-native-get-random-values'
import { isCccdError } from '@cccd/core'
import { accessFromQr, createPartialReading, encodeReading, type ReadProgress, readChip } from '@cccd/emrtd'
import { parseQr } from '@cccd/qr'
import { withChip } from '@cccd/react-native'
import { advice } from '@cccd/react-native/messages'

export interface CaptureOptions {
  /** What the camera read from the card. */
  readonly scannedText: string
  /** Made by the server for this session. */
  readonly challenge: Uint8Array
  readonly signal: AbortSignal
  readonly onProgress: (progress: ReadProgress) => void
}

/** The body of the upload. What the server makes of it: examples/verify-upload.ts. */
export async function capture({ scannedText, challenge, signal, onProgress }: CaptureOptions): Promise<string> {
  const access = accessFromQr(parseQr(scannedText))
  const into = createPartialReading()
  const files = ['DG1', 'DG2'] as const
  const tap = () =>
    withChip(
      (channel, show) => {
        const progress = (event: ReadProgress): void => {
          onProgress(event)
          show(`Đang đọc thẻ, giữ yên… ${event.file ?? ''}`)
        }
        return readChip(channel, { access, files, activeAuthentication: { challenge }, into, signal, onProgress: progress })
      },
      { prompt: 'Áp thẻ căn cước vào điện thoại', done: 'Đã đọc xong', failed: (error) => advice(error, 'vi'), signal },
    )
  const reading = await tap().catch((error: unknown) => {
    if (isCccdError(error, 'LINK_LOST')) return tap() // goes on at the first missing byte
    throw error
  })
  return encodeReading(reading)
}
