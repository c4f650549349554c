import { ByteCursor } from '@cccd/core'
import { ImageError } from '../errors.js'
import { boxes } from '../jp2/boxes.js'
import type { ImageHeader } from '../types.js'

const maxTiles = 4096
const maxComponents = 4

export interface CodestreamHeader extends ImageHeader {
  /** Of every sample. */
  readonly bits: number
}

/** The codestream inside the boxes of a JP2 file (ISO/IEC 15444-1 Annex I); the first one, as every reader takes it. */
export function codestreamOf(bytes: Uint8Array): Uint8Array {
  for (const { type, content } of boxes(bytes)) if (type === 0x6a703263) return content
  throw new ImageError('IMAGE_CORRUPT', 'no codestream box')
}

/**
 * Size of a codestream, from its SIZ segment (ISO/IEC 15444-1 A.5.1), after its markers were walked: decoders take
 * a second SIZ for granted, and tiny tiles cost as much as large images, so both are refused here.
 * @throws CoreError `CURSOR_END`, ImageError `IMAGE_CORRUPT`, `IMAGE_UNSUPPORTED`
 */
export function readCodestreamHeader(codestream: Uint8Array, type: 'jp2' | 'j2k'): CodestreamHeader {
  const cursor = new ByteCursor(codestream)
  if (cursor.uint16() !== 0xff4f || cursor.uint16() !== 0xff51) throw new ImageError('IMAGE_CORRUPT', 'SIZ does not stand first')
  const header = sizeSegment(cursor.take(segmentLength(cursor)), type)
  let tilePart: { start: number; length: number } | undefined
  while (cursor.remaining >= 2) {
    const start = cursor.offset
    const marker = cursor.uint16()
    if (marker === 0xffd9) break
    if (marker === 0xff51) throw new ImageError('IMAGE_CORRUPT', 'SIZ stands twice')
    if (marker === 0xff93) {
      // Packets run to the end of the tile-part, or of the codestream where its length is 0 (A.4.2).
      if (tilePart === undefined) throw new ImageError('IMAGE_CORRUPT', 'data without a tile-part header')
      if (tilePart.length === 0) break
      const skip = tilePart.start + tilePart.length - cursor.offset
      if (skip < 0) throw new ImageError('IMAGE_CORRUPT', 'tile-part is shorter than its header')
      // A stream that was cut is refused, whatever a decoder would make of the rest.
      cursor.take(skip)
      tilePart = undefined
      continue
    }
    if (marker < 0xff4f || marker > 0xff93) throw new ImageError('IMAGE_CORRUPT', 'no marker where one must stand')
    const segment = cursor.take(segmentLength(cursor))
    if (marker === 0xff90) tilePart = { start, length: new ByteCursor(segment, Math.min(2, segment.length)).uint32() }
  }
  return header
}

function segmentLength(cursor: ByteCursor): number {
  const length = cursor.uint16()
  if (length < 2) throw new ImageError('IMAGE_CORRUPT', 'marker segment is too short')
  return length - 2
}

function sizeSegment(segment: Uint8Array, type: 'jp2' | 'j2k'): CodestreamHeader {
  const cursor = new ByteCursor(segment, Math.min(2, segment.length))
  const [x1, y1, x0, y0] = [cursor.uint32(), cursor.uint32(), cursor.uint32(), cursor.uint32()]
  const [tileWidth, tileHeight, tileX, tileY] = [cursor.uint32(), cursor.uint32(), cursor.uint32(), cursor.uint32()]
  const components = cursor.uint16()
  const width = x1 - x0
  const height = y1 - y0
  if (components < 1 || components > maxComponents)
    throw new ImageError('IMAGE_UNSUPPORTED', 'number of components', { params: { components } })
  if (width < 1 || height < 1 || tileWidth < 1 || tileHeight < 1 || tileX > x0 || tileY > y0)
    throw new ImageError('IMAGE_CORRUPT', 'image or tile without area')
  const tiles = Math.ceil((x1 - tileX) / tileWidth) * Math.ceil((y1 - tileY) / tileHeight)
  if (tiles > maxTiles) throw new ImageError('IMAGE_UNSUPPORTED', 'too many tiles', { params: { tiles } })
  let bits = 0
  for (let i = 0; i < components; i++) {
    const [depth, horizontal, vertical] = [cursor.uint8(), cursor.uint8(), cursor.uint8()]
    if (horizontal === 0 || vertical === 0) throw new ImageError('IMAGE_CORRUPT', 'sampling factor is zero')
    if (i === 0) bits = depth + 1
    // From 128 on the sign bit is set.
    if (bits > 16 || depth + 1 !== bits || horizontal !== 1 || vertical !== 1)
      throw new ImageError('IMAGE_UNSUPPORTED', 'depth or subsampling of a component')
  }
  return { type, width, height, components, bits }
}
