import decodeQR from 'qr/decode.js'
import type { QrDecoder } from './QrDecoder.js'

/**
 * The default decoder: `qr/decode.js`, JavaScript only. Its own text decoding (which needs `TextDecoder`) is kept out: each byte
 * passes through as the character of the same number.
 */
export const javascriptDecoder: QrDecoder = {
  name: 'qr',
  decode: ({ width, height, data }) => {
    let text: string
    try {
      // No clock in the result: retries are bounded by effort, not by the default budget of one video frame.
      text = decodeQR(
        { width, height, data },
        { format: 'RGBA', effort: 8, timeLimit: Number.POSITIVE_INFINITY, textDecoder: bytesAsText },
      )
    } catch (error) {
      // Whatever it stumbled over (no finder pattern, wrong version, too many errors), there is no code in these pixels.
      if (error instanceof TypeError) throw error
      return undefined
    }
    const bytes = new Uint8Array(text.length)
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
    return bytes
  },
}

function bytesAsText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
