import type { QrPixels } from './QrDecoder.js'

/** Enough for the code of a card that fills a fifth of the picture: four pixels a module. */
const enough = 2_500_000

/** A picture of at most two and a half million pixels, each the mean of a square; a smaller one as it is. */
export function reduced(pixels: QrPixels): QrPixels {
  const step = Math.ceil(Math.sqrt((pixels.width * pixels.height) / enough))
  const width = Math.floor(pixels.width / step)
  const height = Math.floor(pixels.height / step)
  if (step <= 1 || width === 0 || height === 0) return pixels
  const data = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0
        for (let i = 0; i < step; i++) {
          const row = 4 * ((y * step + i) * pixels.width + x * step) + channel
          for (let j = 0; j < step; j++) sum += pixels.data[row + 4 * j] as number
        }
        data[4 * (y * width + x) + channel] = sum / (step * step)
      }
  return { width, height, data }
}
