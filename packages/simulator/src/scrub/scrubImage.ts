import { CccdError, concatBytes, encodeUtf8 } from '@cccd/core'
import type { RandomSource } from '@cccd/crypto'
import { detectImageType, type Pixels, readImageHeader } from '@cccd/image'
import { drawPortrait } from '../portrait/drawPortrait.js'
import { encodeJpeg } from '../portrait/encodeJpeg.js'
import { jp2File } from '../portrait/jp2File.js'
import type { PortraitEncoder } from '../portrait/PortraitEncoder.js'
import { greyCodestream } from './greyCodestream.js'

const qualities = [42, 20, 8, 2]
/** Nobody's portrait is larger; what says so is not drawn. */
const mostPixels = 4_000_000
const mostPixelsPerByte = 400
const fallback = { width: 240, height: 320 }

export interface ImageOptions {
  readonly random: RandomSource
  readonly encoders: readonly PortraitEncoder[]
}

/** An image of nobody in the codec, the dimensions and exactly the length of another. Undefined where nothing fits in. */
export async function scrubImage(original: Uint8Array, options: ImageOptions): Promise<Uint8Array | undefined> {
  const type = detectImageType(original)
  if (type === undefined || type === 'png') return undefined
  const size = sizeOf(original)
  const pixels = drawPortrait({ random: options.random, ...size })
  const encoder = options.encoders.find((candidate) => candidate.type === type)
  const attempts: (() => Uint8Array | Promise<Uint8Array>)[] = []
  if (type === 'jpeg')
    attempts.push(...qualities.map((quality) => () => encodeJpeg(pixels, quality)), () => encodeJpeg(flat(size), 2))
  else {
    if (encoder !== undefined) attempts.push(() => encoder.encode(pixels))
    attempts.push(() => (type === 'jp2' ? jp2File(greyCodestream(size), size) : greyCodestream(size)))
  }
  for (const attempt of attempts) {
    const padded = padTo(await attempt(), type, original.length)
    if (padded !== undefined) return padded
  }
  return undefined
}

function sizeOf(image: Uint8Array): { readonly width: number; readonly height: number } {
  try {
    const { width, height } = readImageHeader(image)
    return width * height <= Math.min(mostPixels, mostPixelsPerByte * image.length) ? { width, height } : fallback
  } catch (error) {
    if (CccdError.is(error)) return fallback
    throw error
  }
}

function flat({ width, height }: { readonly width: number; readonly height: number }): Pixels {
  return { width, height, data: new Uint8Array(4 * width * height).fill(255) }
}

/** The image with a comment after its first marker (JPEG, codestream) or a free box at its end (JP2). */
function padTo(image: Uint8Array, type: 'jpeg' | 'jp2' | 'j2k', length: number): Uint8Array | undefined {
  const missing = length - image.length
  if (missing < 0) return undefined
  if (missing === 0) return image
  if (type === 'jp2') {
    if (missing < 8) return undefined
    const size = Uint8Array.of(missing >>> 24, missing >>> 16, missing >>> 8, missing)
    return concatBytes(image, size, encodeUtf8('free'), new Uint8Array(missing - 8))
  }
  const [marker, header, start] = type === 'jpeg' ? [0xfe, 4, 2] : [0x64, 6, 2 + 2 + uint16(image, 4)]
  const segments: Uint8Array[] = []
  for (let left = missing; left > 0; ) {
    // Never leave less than a segment needs.
    const take = left > 0xffff + 2 ? Math.min(0xffff, left - header) : left
    if (take < header) return undefined
    const segment = new Uint8Array(take)
    // JPEG 2000 says after the length that the comment is binary: 0.
    segment.set([0xff, marker, (take - 2) >> 8, (take - 2) & 0xff])
    segments.push(segment)
    left -= take
  }
  return concatBytes(image.subarray(0, start), ...segments, image.subarray(start))
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}
