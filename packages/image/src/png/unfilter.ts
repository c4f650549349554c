import { ImageError } from '../errors.js'
import type { PngHeader } from '../header/png.js'

/** Bytes of one scanline without its filter byte. */
export function scanlineLength(header: PngHeader, columns: number): number {
  return Math.ceil((columns * header.bitDepth * header.components) / 8)
}

/** Undoes a scanline's filter (PNG 9.2) with the line above it; `distance` is the bytes of a whole pixel, at least 1. */
export function unfilter(filter: number, filtered: Uint8Array, above: Uint8Array, distance: number): Uint8Array {
  const line = filtered.slice()
  if (filter === 0) return line
  if (filter > 4) throw new ImageError('IMAGE_CORRUPT', 'no such filter')
  for (let i = 0; i < line.length; i++) {
    const left = i < distance ? 0 : (line[i - distance] as number)
    const up = above[i] as number
    const corner = i < distance ? 0 : (above[i - distance] as number)
    const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner)
    line[i] = (line[i] as number) + guess
  }
  return line
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const toLeft = Math.abs(estimate - left)
  const toUp = Math.abs(estimate - up)
  const toCorner = Math.abs(estimate - corner)
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}
