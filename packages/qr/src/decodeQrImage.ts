import { markPersonal } from '@cccd/core'
import { decodeImage } from '@cccd/image'
import { javascriptDecoder } from './decoding/javascriptDecoder.js'
import type { QrDecoder, QrPixels } from './decoding/QrDecoder.js'
import { type QrVariant, variantsOf } from './decoding/variants.js'
import { QrError } from './errors.js'

export interface DecodeQrImageOptions {
  /** Default: {@link javascriptDecoder}. `zxingDecoder` of `@cccd/qr/zxing` reads more bad pictures, but needs WebAssembly. */
  readonly decoder?: QrDecoder
  /** From the bytes of a picture to pixels (default: `decodeImage` of `@cccd/image`, PNG, JPEG and JPEG 2000). */
  readonly imageDecoder?: (bytes: Uint8Array) => Promise<QrPixels>
  /** Largest width × height (default 24 million: a phone's photograph). */
  readonly maxPixels?: number
}

/** What a picture's QR code holds. */
export interface QrImage {
  /** The payload, for `parseQr`. */
  readonly bytes: Uint8Array
  /** What had to be done to the picture. */
  readonly variant: QrVariant
  /** Name of the decoder. */
  readonly decoder: string
}

/**
 * The payload of the first QR code in a picture. When it is not found as given, the picture is tried mirrored, inverted, with its contrast
 * stretched, and turned; a large one reduced to two million pixels for that.
 *
 * @param input the bytes of a PNG or JPEG file, or pixels (four bytes each)
 * @throws QrError `QR_NOT_FOUND`, `QR_TOO_LARGE` (`params.width`, `params.height`), `QR_DECODER`
 * @throws ImageError of `@cccd/image` when the file is none
 * @throws RangeError when the pixels do not fill width and height
 * @example
 * const { bytes } = await decodeQrImage(await readFile('card.jpg'))
 * const qr = parseQr(bytes)
 */
export async function decodeQrImage(input: Uint8Array | QrPixels, options: DecodeQrImageOptions = {}): Promise<QrImage> {
  const { decoder = javascriptDecoder, maxPixels = 24_000_000 } = options
  const fromFile = options.imageDecoder ?? ((bytes: Uint8Array) => decodeImage(bytes, { maxPixels }))
  const pixels = input instanceof Uint8Array ? await fromFile(input) : input
  checkPixels(pixels, maxPixels)
  let attempts = 0
  for (const { variant, pixels: seen } of variantsOf(pixels)) {
    attempts++
    const bytes = await attempt(decoder, seen)
    if (bytes !== undefined) return markPersonal({ bytes, variant, decoder: decoder.name }, 'QrImage')
  }
  throw new QrError('QR_NOT_FOUND', 'no QR code in the picture', { params: { attempts } })
}

function checkPixels({ width, height, data }: QrPixels, maxPixels: number): void {
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) throw new TypeError('data must be a Uint8Array')
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 && data.length === 4 * width * height))
    throw new RangeError('data must be four bytes for each pixel of width and height')
  if (width * height > maxPixels)
    throw new QrError('QR_TOO_LARGE', 'more pixels than allowed', { params: { width, height, maxPixels } })
}

async function attempt(decoder: QrDecoder, pixels: QrPixels): Promise<Uint8Array | undefined> {
  try {
    return await decoder.decode(pixels)
  } catch (cause) {
    throw new QrError('QR_DECODER', 'the decoder failed', { params: { decoder: decoder.name }, cause })
  }
}
