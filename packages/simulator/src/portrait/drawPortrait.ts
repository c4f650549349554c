import type { RandomSource } from '@cccd/crypto'
import type { Pixels } from '@cccd/image'
import { drawInteger, drawOne } from '../random/draw.js'

type Colour = readonly [number, number, number]

const skins: readonly Colour[] = [
  [240, 205, 175],
  [226, 184, 148],
  [206, 160, 124],
  [184, 136, 102],
]
const hairs: readonly Colour[] = [
  [28, 24, 22],
  [52, 38, 30],
  [84, 62, 48],
  [150, 148, 146],
]
const clothes: readonly Colour[] = [
  [246, 246, 242],
  [40, 70, 120],
  [120, 40, 46],
  [60, 100, 70],
  [90, 84, 110],
]

export interface PortraitOptions {
  readonly random: RandomSource
  /** Pixels (default 480 × 640). */
  readonly width?: number
  readonly height?: number
}

/** Whether a point lies in an ellipse, in units of the picture's width and height. */
const inside = (x: number, y: number, cx: number, cy: number, rx: number, ry: number): boolean =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1

/**
 * A face of flat colours, another for every source: nobody's portrait, and nobody would take it for one. Shading and grain give
 * it the size that a photograph has after compression.
 */
export function drawPortrait(options: PortraitOptions): Pixels {
  const { random, width = 480, height = 640 } = options
  const skin = drawOne(random, skins)
  const hair = drawOne(random, hairs)
  const cloth = drawOne(random, clothes)
  const faceWidth = drawInteger(random, 200, 240) / 1000
  const faceHeight = drawInteger(random, 235, 270) / 1000
  const eyeDistance = drawInteger(random, 80, 105) / 1000
  const mouthWidth = drawInteger(random, 60, 95) / 1000
  const longHair = drawInteger(random, 0, 1) === 1
  const hairLine = drawInteger(random, 290, 330) / 1000
  const grain = random(4096)

  const dark: Colour = [40, 32, 30]
  const lips: Colour = [176, 92, 88]
  const background: Colour = [222, 230, 236]

  function colourAt(x: number, y: number): Colour {
    const face = inside(x, y, 0.5, 0.44, faceWidth, faceHeight)
    const eyes = inside(Math.abs(x - 0.5), y, eyeDistance, 0.42, 0.034, 0.018)
    const pupils = inside(Math.abs(x - 0.5), y, eyeDistance, 0.42, 0.013, 0.014)
    const brows = inside(Math.abs(x - 0.5), y, eyeDistance, 0.375, 0.05, 0.009)
    const mouth = inside(x, y, 0.5, 0.575, mouthWidth, 0.016)
    const nose = inside(x, y, 0.5, 0.495, 0.024, 0.03)
    if (pupils) return dark
    if (eyes) return [250, 250, 248]
    if (brows && face) return hair
    if (mouth) return lips
    if (nose) return [skin[0] - 22, skin[1] - 22, skin[2] - 20]
    const cap = inside(x, y, 0.5, 0.4, faceWidth + 0.035, faceHeight + 0.035) && (y < hairLine || !face)
    if (cap && (y < 0.45 || longHair)) return hair
    if (face) return skin
    if (longHair && y > 0.4 && y < 0.72 && Math.abs(x - 0.5) < faceWidth + 0.03 && Math.abs(x - 0.5) > 0.12) return hair
    if (Math.abs(x - 0.5) < 0.085 && y > 0.6 && y < 0.78) return [skin[0] - 14, skin[1] - 14, skin[2] - 12]
    if (inside(x, y, 0.5, 1.02, 0.42, 0.27)) return cloth
    return background
  }

  const data = new Uint8Array(4 * width * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) / width
      const y = (row + 0.5) / height
      const colour = colourAt(x, y)
      const noise = ((grain[(row * 61 + column * 7 + (row >> 3) * (column >> 4)) & 4095] as number) & 7) - 4
      const shade = Math.round(14 * (0.5 - y) + 10 * (0.5 - x)) + noise
      const at = 4 * (row * width + column)
      for (let i = 0; i < 3; i++) data[at + i] = Math.max(0, Math.min(255, (colour[i] as number) + shade))
      data[at + 3] = 255
    }
  return { width, height, data }
}
