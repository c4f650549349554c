import { decodeImage, encodePng, toPng } from '@cccd/image'
import { expect, it } from 'vitest'

it('gives a PNG of the same pixels, within the caps of decodeImage', async () => {
  const pixels = { width: 2, height: 2, data: Uint8Array.from({ length: 16 }, (_, i) => 10 * i) }
  const png = await toPng(encodePng(pixels))
  expect(await decodeImage(png)).toEqual(pixels)
  await expect(toPng(png, { maxPixels: 3 })).rejects.toMatchObject({ code: 'IMAGE_TOO_MANY_PIXELS' })
  await expect(toPng(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'IMAGE_TYPE_UNKNOWN' })
})
