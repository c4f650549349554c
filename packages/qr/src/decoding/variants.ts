import type { QrPixels } from './QrDecoder.js'
import { reduced } from './reduced.js'

/** What was done to a picture before its code could be read. */
export type QrVariant = 'as-given' | 'mirrored' | 'inverted' | 'contrast' | 'rotated' | 'mirrored-contrast' | (string & {})

/** The ways to look at a picture, in the order in which they are tried, each made when its turn comes. */
export function* variantsOf(pixels: QrPixels): Generator<{ readonly variant: QrVariant; readonly pixels: QrPixels }> {
  yield { variant: 'as-given', pixels }
  const small = reduced(pixels)
  yield { variant: 'mirrored', pixels: mirrored(small) }
  yield { variant: 'inverted', pixels: inverted(small) }
  const contrast = stretched(small)
  yield { variant: 'contrast', pixels: contrast }
  yield { variant: 'mirrored-contrast', pixels: mirrored(contrast) }
  yield { variant: 'rotated', pixels: rotated(small) }
}

/** Left and right exchanged: front cameras show a mirror. */
function mirrored({ width, height, data }: QrPixels): QrPixels {
  const from = new Uint32Array(aligned(data).buffer)
  const to = new Uint32Array(from.length)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) to[y * width + x] = from[y * width + width - 1 - x] as number
  return { width, height, data: new Uint8Array(to.buffer) }
}

/** A quarter turn clockwise. */
function rotated({ width, height, data }: QrPixels): QrPixels {
  const from = new Uint32Array(aligned(data).buffer)
  const to = new Uint32Array(from.length)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) to[x * height + height - 1 - y] = from[y * width + x] as number
  return { width: height, height: width, data: new Uint8Array(to.buffer) }
}

/** A copy that starts at a multiple of four. */
function aligned(data: Uint8Array | Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(data)
}

function inverted({ width, height, data }: QrPixels): QrPixels {
  const out = new Uint8Array(data.length)
  for (let i = 0; i < data.length; i++) out[i] = (i & 3) === 3 ? (data[i] as number) : 255 - (data[i] as number)
  return { width, height, data: out }
}

/** Grey, with the darkest and the lightest hundredth as black and white. */
function stretched({ width, height, data }: QrPixels): QrPixels {
  const histogram = new Uint32Array(256)
  const grey = new Uint8Array(width * height)
  for (let i = 0; i < grey.length; i++) {
    const [red, green, blue] = [data[4 * i] as number, data[4 * i + 1] as number, data[4 * i + 2] as number]
    const value = (red * 77 + green * 150 + blue * 29) >> 8
    grey[i] = value
    histogram[value] = (histogram[value] as number) + 1
  }
  const low = percentile(histogram, grey.length / 100)
  const high = percentile(histogram, (99 * grey.length) / 100)
  const range = Math.max(1, high - low)
  const out = new Uint8Array(data.length)
  for (let i = 0; i < grey.length; i++) {
    const value = Math.max(0, Math.min(255, Math.round((((grey[i] as number) - low) * 255) / range)))
    out.fill(value, 4 * i, 4 * i + 3)
    out[4 * i + 3] = 255
  }
  return { width, height, data: out }
}

function percentile(histogram: Uint32Array, count: number): number {
  let seen = 0
  for (let value = 0; value < 256; value++) {
    seen += histogram[value] as number
    if (seen > count) return value
  }
  return 255
}
