import { assertBytes, isCccdError } from '@cccd/core'
import { ImageError } from './errors.js'
import { readImageHeader } from './readImageHeader.js'
import type { ImageDecoder, ImageHeader, ImageType, Pixels } from './types.js'

export interface DecodeImageOptions {
  /** Largest width × height (default 24 million: a phone's photograph). */
  readonly maxPixels?: number
  /** Largest encoded image in bytes (default 16 MiB). */
  readonly maxBytes?: number
  /**
   * Asked before the built-in ones, which step in where it says `IMAGE_UNSUPPORTED`; e.g. `openjpegDecoder()` of
   * `@cccd/image/openjpeg`: faster, but needs WebAssembly.
   */
  readonly decoders?: readonly ImageDecoder[]
}

const builtIn: Readonly<Record<ImageType, () => Promise<ImageDecoder>>> = {
  png: async () => (await import('./png.js')).pngDecoder,
  jpeg: async () => (await import('./jpeg.js')).jpegDecoder,
  jp2: async () => (await import('./jpeg2000.js')).jpeg2000Decoder,
  j2k: async () => (await import('./jpeg2000.js')).jpeg2000Decoder,
}

/**
 * The pixels of a PNG, JPEG or JPEG 2000 image. The header is read and its size capped before a decoder, loaded when
 * first needed, allocates anything.
 *
 * @throws ImageError `IMAGE_TYPE_UNKNOWN`, `IMAGE_TOO_LARGE`, `IMAGE_TOO_MANY_PIXELS`, `IMAGE_UNSUPPORTED`, `IMAGE_CORRUPT`
 * @example
 * const { width, height, data } = await decodeImage(portrait, { maxPixels: 1_000_000 })
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeImageOptions = {}): Promise<Pixels> {
  assertBytes(bytes, 'bytes')
  const maxBytes = options.maxBytes ?? 16 * 1024 * 1024
  const maxPixels = options.maxPixels ?? 24_000_000
  if (bytes.length > maxBytes)
    throw new ImageError('IMAGE_TOO_LARGE', 'more bytes than allowed', { params: { length: bytes.length, maxBytes } })
  const header = readImageHeader(bytes)
  if (header.width * header.height > maxPixels)
    throw new ImageError('IMAGE_TOO_MANY_PIXELS', 'more pixels than allowed', {
      params: { width: header.width, height: header.height, maxPixels },
    })
  const own = options.decoders?.find((decoder) => decoder.types.includes(header.type))
  if (own !== undefined)
    try {
      return checked(await own.decode(bytes, header), header)
    } catch (error) {
      if (!isCccdError(error, 'IMAGE_UNSUPPORTED')) throw error
    }
  const decoder = await builtIn[header.type]()
  return checked(await decoder.decode(bytes, header), header)
}

/** A decoder that disagrees with the header has decoded something else. */
function checked(pixels: Pixels, header: ImageHeader): Pixels {
  const { width, height, data } = pixels
  if (width !== header.width || height !== header.height || data.length !== 4 * width * height)
    throw new ImageError('IMAGE_CORRUPT', 'decoded size differs from the header', { params: { type: header.type } })
  return pixels
}
