import { type DecodeImageOptions, decodeImage } from './decodeImage.js'
import { encodePng } from './encodePng.js'

/**
 * An image that every browser shows, of one that few do: the PNG of a PNG, JPEG or JPEG 2000 image, e.g. the portrait of DG2.
 * @throws ImageError as {@link decodeImage}
 * @example element.src = URL.createObjectURL(new Blob([await toPng(portrait)], { type: 'image/png' }))
 */
export async function toPng(bytes: Uint8Array, options: DecodeImageOptions = {}): Promise<Uint8Array> {
  return encodePng(await decodeImage(bytes, options))
}
