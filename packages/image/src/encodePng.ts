import { assertBytes, bigIntToBytes, concatBytes, encodeUtf8 } from '@cccd/core'
import { zlibSync } from 'fflate'
import { crc32 } from './crc32.js'
import type { Pixels } from './types.js'

const signature = /* @__PURE__ */ Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/**
 * A PNG (8 bits, colour with alpha) of pixels.
 * @throws TypeError, RangeError when the data does not fit the size
 * @example writeFile('qr.png', encodePng({ width, height, data }))
 */
export function encodePng(pixels: Pixels): Uint8Array {
  const { width, height, data } = pixels
  assertBytes(data, 'pixels.data')
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1 || data.length !== 4 * width * height)
    throw new RangeError('pixels.data must hold four bytes for each of width × height pixels')
  const row = 4 * width
  const scanlines = new Uint8Array(height * (row + 1))
  for (let y = 0; y < height; y++) scanlines.set(data.subarray(y * row, (y + 1) * row), y * (row + 1) + 1)
  const header = concatBytes(uint32(width), uint32(height), Uint8Array.of(8, 6, 0, 0, 0))
  return concatBytes(signature, chunk('IHDR', header), chunk('IDAT', zlibSync(scanlines)), chunk('IEND', new Uint8Array(0)))
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes(encodeUtf8(type), data)
  return concatBytes(uint32(data.length), body, uint32(crc32(body)))
}

function uint32(value: number): Uint8Array {
  return bigIntToBytes(BigInt(value), 4)
}
