import type { Pixels } from './types.js'

/** RGBA from interleaved samples of 1 (grey), 2 (grey, alpha), 3 (colour) or 4 (colour, alpha) components of up to 16 bits. */
export function samplesToPixels(
  samples: ArrayLike<number>,
  size: { readonly width: number; readonly height: number; readonly components: number; readonly bits?: number },
): Pixels {
  const { width, height, components, bits = 8 } = size
  const data = new Uint8Array(4 * width * height)
  const scale = 255 / (2 ** bits - 1)
  const sample = (at: number): number => {
    const value = samples[at] ?? 0
    return bits === 8 ? value : Math.round(value * scale)
  }
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * components
    const to = 4 * pixel
    const first = sample(from)
    data[to] = first
    data[to + 1] = components < 3 ? first : sample(from + 1)
    data[to + 2] = components < 3 ? first : sample(from + 2)
    data[to + 3] = components === 2 || components === 4 ? sample(from + components - 1) : 255
  }
  return { width, height, data }
}
