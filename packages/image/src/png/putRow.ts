import { ImageError } from '../errors.js'
import type { PngHeader } from '../header/png.js'

export interface Palette {
  /** PLTE: three bytes a colour. */
  readonly colours?: Uint8Array
  /** tRNS: alpha of palette entries, or the one transparent colour. */
  readonly alpha?: Uint8Array
}

interface RowTarget {
  readonly header: PngHeader
  readonly palette: Palette
  readonly columns: number
  /** Index of the row's first pixel in the image. */
  readonly at: number
  /** Pixels from one to the next. */
  readonly step: number
}

/** Writes one unfiltered scanline into the image. Sixteen-bit samples keep their upper byte. */
export function putRow(image: Uint8Array, line: Uint8Array, { header, palette, columns, at, step }: RowTarget): void {
  const { bitDepth, colourType, components } = header
  const transparent = colourType === 0 || colourType === 2 ? transparentColour(palette, components) : undefined
  const grey = components < 3
  const opaque = 2 ** bitDepth - 1
  const scale = 255 / opaque
  const byte = (value: number): number => (bitDepth === 8 ? value : bitDepth === 16 ? value >> 8 : value * scale)
  for (let column = 0; column < columns; column++) {
    const to = 4 * (at + column * step)
    const from = column * components
    const first = sample(line, from, bitDepth)
    if (colourType === 3) {
      putPaletteColour(image, to, first, palette)
      continue
    }
    const second = grey ? first : sample(line, from + 1, bitDepth)
    const third = grey ? first : sample(line, from + 2, bitDepth)
    const clear =
      transparent !== undefined && first === transparent[0] && (grey || (second === transparent[1] && third === transparent[2]))
    image[to] = byte(first)
    image[to + 1] = byte(second)
    image[to + 2] = byte(third)
    image[to + 3] = clear ? 0 : byte(components % 2 === 0 ? sample(line, from + components - 1, bitDepth) : opaque)
  }
}

function sample(line: Uint8Array, index: number, bitDepth: number): number {
  if (bitDepth === 8) return line[index] as number
  if (bitDepth === 16) return ((line[2 * index] as number) << 8) | (line[2 * index + 1] as number)
  const bit = index * bitDepth
  return ((line[bit >> 3] as number) >> (8 - bitDepth - (bit & 7))) & (2 ** bitDepth - 1)
}

function transparentColour({ alpha }: Palette, components: number): number[] | undefined {
  if (alpha === undefined || alpha.length !== 2 * components) return undefined
  return Array.from({ length: components }, (_, c) => ((alpha[2 * c] as number) << 8) | (alpha[2 * c + 1] as number))
}

function putPaletteColour(image: Uint8Array, to: number, index: number, { colours, alpha }: Palette): void {
  if (colours === undefined || 3 * index + 2 >= colours.length)
    throw new ImageError('IMAGE_CORRUPT', 'colour is not in the palette')
  image.set(colours.subarray(3 * index, 3 * index + 3), to)
  image[to + 3] = alpha?.[index] ?? 255
}
