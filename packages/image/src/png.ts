import { ByteCursor, isCccdError } from '@cccd/core'
import { crc32 } from './crc32.js'
import { ImageError } from './errors.js'
import { readPngHeader } from './header/png.js'
import { inflateCapped } from './png/inflateCapped.js'
import { type Palette, putRow } from './png/putRow.js'
import { scanlineLength, unfilter } from './png/unfilter.js'
import type { ImageDecoder, Pixels } from './types.js'

/** Passes of Adam7 (PNG 8.2) as [x, y, step in x, step in y]; one pass for an image that is not interlaced. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const
const whole = [[0, 0, 1, 1]] as const

/** PNG of every colour type and depth. Chunks that do not change the pixels are passed over. */
export const pngDecoder: ImageDecoder = {
  name: 'png',
  types: ['png'],
  async decode(bytes: Uint8Array): Promise<Pixels> {
    try {
      return decodePng(bytes)
    } catch (cause) {
      if (isCccdError(cause, 'CURSOR_END')) throw new ImageError('IMAGE_CORRUPT', 'PNG is cut short', { cause })
      throw cause
    }
  },
}

function decodePng(bytes: Uint8Array): Pixels {
  const header = readPngHeader(bytes)
  const { width, height } = header
  const { compressed, palette } = readChunks(bytes)
  if (header.colourType === 3 && palette.colours === undefined) throw new ImageError('IMAGE_CORRUPT', 'palette is missing')
  const passes = (header.interlaced ? adam7 : whole)
    .map(([x, y, dx, dy]) => ({ x, y, dx, dy, columns: Math.ceil((width - x) / dx), rows: Math.ceil((height - y) / dy) }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0)
  let expected = 0
  for (const { columns, rows } of passes) expected += rows * (scanlineLength(header, columns) + 1)
  const scanlines = new ByteCursor(inflateCapped(compressed, expected))
  const data = new Uint8Array(4 * width * height)
  for (const pass of passes) {
    const length = scanlineLength(header, pass.columns)
    let above: Uint8Array = new Uint8Array(length)
    for (let row = 0; row < pass.rows; row++) {
      const filter = scanlines.uint8()
      const line = unfilter(filter, scanlines.take(length), above, Math.max(1, (header.components * header.bitDepth) >> 3))
      putRow(data, line, { header, palette, columns: pass.columns, at: (pass.y + row * pass.dy) * width + pass.x, step: pass.dx })
      above = line
    }
  }
  return { width, height, data }
}

function readChunks(bytes: Uint8Array): { compressed: Uint8Array[]; palette: Palette } {
  const cursor = new ByteCursor(bytes, 8)
  const compressed: Uint8Array[] = []
  const palette: { colours?: Uint8Array; alpha?: Uint8Array } = {}
  for (;;) {
    const length = cursor.uint32()
    const typeAndData = cursor.take(length + 4)
    const type = new ByteCursor(typeAndData).uint32()
    const data = typeAndData.subarray(4)
    const critical = ((typeAndData[0] as number) & 0x20) === 0
    if (cursor.uint32() !== crc32(typeAndData) && critical) throw new ImageError('IMAGE_CORRUPT', 'checksum of a chunk is wrong')
    if (type === 0x49454e44) return { compressed, palette }
    else if (type === 0x49444154) compressed.push(data)
    else if (type === 0x504c5445) palette.colours = data
    else if (type === 0x74524e53) palette.alpha = data
    else if (critical && type !== 0x49484452) throw new ImageError('IMAGE_UNSUPPORTED', 'unknown critical chunk')
  }
}
