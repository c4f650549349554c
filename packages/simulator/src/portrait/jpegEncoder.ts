import { encodeJpeg } from './encodeJpeg.js'
import type { PortraitEncoder } from './PortraitEncoder.js'

/** Portraits as baseline JPEG, the default. */
export function jpegEncoder(): PortraitEncoder {
  return { type: 'jpeg', encode: async (pixels) => encodeJpeg(pixels, 42) }
}
