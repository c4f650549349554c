import { dg2 } from '../lds/dg2.js'
import { drawPortrait } from '../portrait/drawPortrait.js'
import { jpegEncoder } from '../portrait/jpegEncoder.js'
import type { Attack } from './Attack.js'

export const swapPhoto: Attack = {
  name: 'swap-photo',
  description: {
    vi: 'Thay ảnh chân dung trong DG2 bằng ảnh người khác, giữ nguyên các tệp còn lại.',
    en: "Another person's portrait put into DG2, all other files left as they are.",
  },
  async apply(card, { random }) {
    const pixels = drawPortrait({ random })
    const encoder = jpegEncoder()
    const { width, height } = pixels
    const portrait = { type: encoder.type, width, height, bytes: await encoder.encode(pixels) }
    return { ...card, files: { ...card.files, DG2: dg2(portrait, card.citizen.sex) } }
  },
  expected: () => [{ id: 'dg2.hash', status: 'failed', reason: 'hash-differs' }],
}
