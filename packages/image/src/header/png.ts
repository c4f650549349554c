import { ByteCursor } from '@cccd/core'
import { ImageError } from '../errors.js'

export interface PngHeader {
  readonly type: 'png'
  readonly width: number
  readonly height: number
  readonly components: number
  readonly bitDepth: number
  /** 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha. */
  readonly colourType: number
  readonly interlaced: boolean
}

const depths: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
])

/** The IHDR chunk, which must stand first (PNG 5.6, 11.2.1). @throws CoreError `CURSOR_END`, ImageError `IMAGE_CORRUPT`, `IMAGE_UNSUPPORTED` */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const cursor = new ByteCursor(bytes, 8)
  if (cursor.uint32() !== 13 || cursor.uint32() !== 0x49484452) throw new ImageError('IMAGE_CORRUPT', 'IHDR does not stand first')
  const width = cursor.uint32()
  const height = cursor.uint32()
  const bitDepth = cursor.uint8()
  const colourType = cursor.uint8()
  const compression = cursor.uint8()
  const filter = cursor.uint8()
  const interlace = cursor.uint8()
  if (depths.get(colourType)?.includes(bitDepth) !== true || compression !== 0 || filter !== 0 || interlace > 1)
    throw new ImageError('IMAGE_UNSUPPORTED', 'no such kind of PNG', { params: { bitDepth, colourType } })
  const components = [1, 0, 3, 1, 2, 0, 4][colourType] as number
  return { type: 'png', width, height, components, bitDepth, colourType, interlaced: interlace === 1 }
}
