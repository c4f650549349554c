import { CoreError, decodeUtf8 } from '@cccd/core'

/** Windows-1252 0x80 … 0x9F, which decoders put for ISO 8859-1; the five bytes it leaves open stay C1 characters. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/**
 * The text whose UTF-8 bytes a decoder took for ISO 8859-1 or Windows-1252 (a QR code in byte mode does not say what
 * its bytes are), or undefined when the text is not such a one: no text of Vietnamese letters is by accident.
 */
export function repairMojibake(text: string): string | undefined {
  if (/^[ -~\s]*$/.test(text)) return undefined
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const byte = code <= 0xff ? code : 0x80 + windows1252.indexOf(text.charAt(i))
    if (byte < 0x80 && code > 0x7f) return undefined
    bytes[i] = byte
  }
  try {
    return decodeUtf8(bytes)
  } catch (error) {
    if (error instanceof CoreError) return undefined
    throw error
  }
}
