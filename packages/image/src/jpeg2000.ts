import { JpxImage } from 'jpeg2000'
import { ImageError } from './errors.js'
import { codestreamOf, readCodestreamHeader } from './header/jpeg2000.js'
import { readColour } from './jp2/readColour.js'
import { samplesToPixels } from './samplesToPixels.js'
import type { ImageDecoder, ImageHeader, Pixels } from './types.js'

/** JPEG 2000 in plain JavaScript (Hermes has no WebAssembly), by `jpeg2000`. Four times slower than `@cccd/image/openjpeg`. */
export const jpeg2000Decoder: ImageDecoder = {
  name: 'jpeg2000',
  types: ['jp2', 'j2k'],
  async decode(bytes: Uint8Array, header: ImageHeader): Promise<Pixels> {
    // Only the codestream whose header was checked: the library would follow every box of the file.
    const codestream = header.type === 'jp2' ? codestreamOf(bytes) : bytes
    const { bits } = readCodestreamHeader(codestream, 'j2k')
    if (bits < 8) throw new ImageError('IMAGE_UNSUPPORTED', 'samples of fewer than eight bits', { params: { bits } })
    const colour = header.type === 'jp2' ? readColour(bytes, header.components) : undefined
    if (bits > 8 && colour?.channels !== undefined) throw new ImageError('IMAGE_UNSUPPORTED', 'palette of more than 256 colours')
    const image = new JpxImage()
    try {
      image.parse(withBigEndianReads(codestream))
    } catch (cause) {
      throw new ImageError('IMAGE_CORRUPT', 'JPEG 2000 cannot be decoded', { cause })
    }
    if (image.tiles === undefined || image.componentsCount !== header.components || image.tiles.length === 0)
      throw new ImageError('IMAGE_CORRUPT', 'JPEG 2000 holds no tiles')
    // The library gives eight bits of every sample, whatever its depth.
    const { width, height, components } = header
    return samplesToPixels(joinTiles(image, header), { width, height, components, ...(colour === undefined ? {} : { colour }) })
  },
}

function joinTiles(image: JpxImage, { width, height, components }: ImageHeader): Uint8Array {
  const samples = new Uint8Array(width * height * components)
  const left = Math.min(...image.tiles.map((tile) => tile.left))
  const top = Math.min(...image.tiles.map((tile) => tile.top))
  for (const tile of image.tiles) {
    const row = tile.width * components
    const at = tile.left - left
    if (at + tile.width > width || tile.top - top + tile.height > height)
      throw new ImageError('IMAGE_CORRUPT', 'tile lies outside of the image')
    for (let y = 0; y < tile.height; y++)
      samples.set(tile.items.subarray(y * row, (y + 1) * row), ((tile.top - top + y) * width + at) * components)
  }
  return samples
}

/** The library reads through two methods of Node's Buffer; this gives a copy of the bytes exactly those. */
function withBigEndianReads(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer, copy.byteOffset, copy.byteLength)
  Object.defineProperty(copy, 'readUInt16BE', { value: (offset: number) => view.getUint16(offset) })
  Object.defineProperty(copy, 'readUInt32BE', { value: (offset: number) => view.getUint32(offset) })
  return copy
}
