import { isCccdError } from '@cccd/core'
import { detectImageType } from './detectImageType.js'
import { ImageError } from './errors.js'
import { readJpegHeader } from './header/jpeg.js'
import { codestreamOf, readCodestreamHeader } from './header/jpeg2000.js'
import { readPngHeader } from './header/png.js'
import type { ImageHeader } from './types.js'

/**
 * Type and size of an image, without decoding it or allocating anything of its size.
 * Bytes after the image are left alone: face records pad their images.
 *
 * @throws ImageError `IMAGE_TYPE_UNKNOWN`, `IMAGE_CORRUPT`, `IMAGE_UNSUPPORTED`
 * @example readImageHeader(portrait) // { type: 'jp2', width: 413, height: 531, components: 3 }
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  const type = detectImageType(bytes)
  if (type === undefined) throw new ImageError('IMAGE_TYPE_UNKNOWN', 'neither PNG, JPEG nor JPEG 2000')
  try {
    const header =
      type === 'png'
        ? readPngHeader(bytes)
        : type === 'jpeg'
          ? readJpegHeader(bytes)
          : readCodestreamHeader(type === 'jp2' ? codestreamOf(bytes) : bytes, type)
    if (header.width < 1 || header.height < 1) throw new ImageError('IMAGE_CORRUPT', 'image without area')
    return { type, width: header.width, height: header.height, components: header.components }
  } catch (error) {
    if (isCccdError(error, 'CURSOR_END'))
      throw new ImageError('IMAGE_CORRUPT', 'header is cut short', { params: { type }, cause: error })
    throw error
  }
}
