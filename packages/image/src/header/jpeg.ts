import { ByteCursor } from '@cccd/core'
import { ImageError } from '../errors.js'
import type { ImageHeader } from '../types.js'

/** Start-of-frame markers of Huffman-coded DCT images: baseline, extended, progressive (ITU-T T.81 table B.1). */
const decodable = new Set([0xc0, 0xc1, 0xc2])

/**
 * The frame header of a JPEG (ITU-T T.81 B.2.2), found by walking the marker segments.
 * @throws CoreError `CURSOR_END`, ImageError `IMAGE_CORRUPT`, `IMAGE_UNSUPPORTED`
 */
export function readJpegHeader(bytes: Uint8Array): ImageHeader {
  const cursor = new ByteCursor(bytes, 2)
  for (;;) {
    if (cursor.uint8() !== 0xff) throw new ImageError('IMAGE_CORRUPT', 'no marker where one must stand')
    let marker = cursor.uint8()
    while (marker === 0xff) marker = cursor.uint8()
    if (marker === 0xd9 || marker === 0xda || marker === 0) throw new ImageError('IMAGE_CORRUPT', 'no frame header')
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue
    const length = cursor.uint16()
    if (length < 2) throw new ImageError('IMAGE_CORRUPT', 'marker segment is too short')
    const segment = cursor.take(length - 2)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return frameHeader(marker, segment)
  }
}

function frameHeader(marker: number, segment: Uint8Array): ImageHeader {
  const cursor = new ByteCursor(segment)
  const precision = cursor.uint8()
  const height = cursor.uint16()
  const width = cursor.uint16()
  const components = cursor.uint8()
  if (!decodable.has(marker) || precision !== 8 || height === 0)
    throw new ImageError('IMAGE_UNSUPPORTED', 'a kind of JPEG that is not decoded', { params: { marker, precision } })
  if (components !== 1 && components !== 3 && components !== 4)
    throw new ImageError('IMAGE_UNSUPPORTED', 'number of components', { params: { components } })
  for (let i = 0; i < components; i++) {
    const sampling = cursor.take(3)[1] as number
    const horizontal = sampling >> 4
    const vertical = sampling & 15
    if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4)
      throw new ImageError('IMAGE_CORRUPT', 'sampling factor is out of range')
  }
  return { type: 'jpeg', width, height, components }
}
