import { encodeUtf8 } from '@cccd/core'
import { encodePng } from '@cccd/image'
import encodeQr from 'qr'

export interface QrImageOptions {
  /** Pixels of one module (default 6). */
  readonly scale?: number
}

/**
 * The QR code of a payload as a PNG, with the quiet zone of four modules, text in UTF-8 without an ECI, as on the card.
 * @throws RangeError for a scale that is not a whole number from 1 to 32
 * @example writeFile('qr.png', qrImage(card.qr))
 */
export function qrImage(payload: string, { scale = 6 }: QrImageOptions = {}): Uint8Array {
  if (!Number.isInteger(scale) || scale < 1 || scale > 32) throw new RangeError('scale must be a whole number from 1 to 32')
  const border = 4
  const rows = encodeQr(payload, 'raw', { ecc: 'medium', encoding: 'byte', textEncoder: encodeUtf8, border })
  const size = scale * rows.length
  const data = new Uint8Array(4 * size * size).fill(255)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true) data.fill(0, 4 * (y * size + x), 4 * (y * size + x) + 3)
  return encodePng({ width: size, height: size, data })
}
