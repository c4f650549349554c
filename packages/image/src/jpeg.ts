import { decode } from 'jpeg-js'
import { ImageError } from './errors.js'
import type { ImageDecoder, ImageHeader, Pixels } from './types.js'

/** JPEG by `jpeg-js`: baseline and progressive, without any Node global. Missing data at the end is filled in, as browsers do. */
export const jpegDecoder: ImageDecoder = {
  name: 'jpeg-js',
  types: ['jpeg'],
  async decode(bytes: Uint8Array, header: ImageHeader): Promise<Pixels> {
    const pixels = header.width * header.height
    try {
      const { width, height, data } = decode(bytes, {
        useTArray: true,
        tolerantDecoding: true,
        // A second frame header may claim more than the one that was capped.
        maxResolutionInMP: Math.max(1, Math.ceil(pixels / 1_000_000)),
        maxMemoryUsageInMB: 64 + Math.ceil(pixels / 20_000),
      })
      return { width, height, data }
    } catch (cause) {
      throw new ImageError('IMAGE_CORRUPT', 'JPEG cannot be decoded', { cause })
    }
  },
}
