import { ImageError } from './errors.js'
import type { Jp2Colour } from './jp2/readColour.js'
import type { Pixels } from './types.js'

export interface SampleFormat {
  readonly width: number
  readonly height: number
  readonly components: number
  /** Of every sample, at most 16 (default 8). */
  readonly bits?: number
  readonly colour?: Jp2Colour
}

/** One channel of a pixel as a byte; `from` is the index of the first sample of the pixel. */
type Channel = (from: number) => number

/**
 * RGBA from interleaved samples. Without a definition one channel is grey, two are grey and opacity, three are colours, four are
 * colours and opacity.
 * @throws ImageError `IMAGE_CORRUPT` for a value without an entry in the palette
 */
export function samplesToPixels(samples: ArrayLike<number>, format: SampleFormat): Pixels {
  const { width, height, components, bits = 8, colour } = format
  const sources = colour?.channels ?? Array.from({ length: components }, (_, component) => ({ component, palette: undefined }))
  const channels = sources.map(({ component, palette }): Channel => {
    if (palette !== undefined) return (from) => paletteEntry(palette, samples[from + component] ?? 0)
    if (bits === 8) return (from) => samples[from + component] ?? 0
    const scale = 255 / (2 ** bits - 1)
    return (from) => Math.round((samples[from + component] ?? 0) * scale)
  })
  const [first, second, third, opacity] = assigned(channels, colour?.definition)
  const data = new Uint8Array(4 * width * height)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [from, to] = [pixel * components, 4 * pixel]
    const one = first(from)
    data[to] = one
    data[to + 1] = second?.(from) ?? one
    data[to + 2] = third?.(from) ?? one
    data[to + 3] = opacity?.(from) ?? 255
  }
  if (colour?.isYcc === true && second !== undefined) convertFromYcc(data)
  return { width, height, data }
}

type Assigned = readonly [first: Channel, second?: Channel, third?: Channel, opacity?: Channel]

function assigned(channels: readonly Channel[], definition: Jp2Colour['definition']): Assigned {
  const count = channels.length
  const colours = definition?.colours ?? (count < 3 ? [0] : [0, 1, 2])
  const opacity = definition === undefined ? (count % 2 === 0 ? count - 1 : undefined) : definition.opacity
  const channel = (index: number | undefined): Channel | undefined => (index === undefined ? undefined : channels[index])
  return [
    channel(colours[0]) as Channel,
    channel(colours[1]) as Channel,
    channel(colours[2]) as Channel,
    channel(opacity) as Channel,
  ]
}

function paletteEntry(palette: Uint8Array, index: number): number {
  const entry = palette[index]
  if (entry === undefined) throw new ImageError('IMAGE_CORRUPT', 'colour is not in the palette')
  return entry
}

/** sYCC (IEC 61966-2-1 Amd 1, with the differences around 128) to sRGB, in place. */
function convertFromYcc(data: Uint8Array): void {
  const clamped = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at < clamped.length; at += 4) {
    const [y, blue, red] = [clamped[at] as number, (clamped[at + 1] as number) - 128, (clamped[at + 2] as number) - 128]
    clamped[at] = y + 1.402 * red
    clamped[at + 1] = y - 0.344136 * blue - 0.714136 * red
    clamped[at + 2] = y + 1.772 * blue
  }
}
