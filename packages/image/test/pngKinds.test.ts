import { concatBytes, encodeUtf8 } from '@cccd/core'
import { decodeImage } from '@cccd/image'
import { zlibSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../src/crc32.js'

const uint32 = (value: number): number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]

function chunk(type: string, data: readonly number[] | Uint8Array): Uint8Array {
  const body = concatBytes(encodeUtf8(type), Uint8Array.from(data))
  return concatBytes(Uint8Array.from(uint32(data.length)), body, Uint8Array.from(uint32(crc32(body))))
}

function png(header: readonly number[], scanlines: readonly number[], ...extra: readonly Uint8Array[]): Uint8Array {
  const [width = 1, height = 1, depth = 8, colour = 0, interlace = 0] = header
  return concatBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', [...uint32(width), ...uint32(height), depth, colour, 0, 0, interlace]),
    ...extra,
    chunk('IDAT', zlibSync(Uint8Array.from(scanlines))),
    chunk('IEND', []),
  )
}

async function rows(bytes: Uint8Array): Promise<number[]> {
  return [...(await decodeImage(bytes)).data]
}

describe('kinds of PNG (W3C PNG, clauses 6 to 9)', () => {
  it('one-bit grey, as QR generators write', async () => {
    expect(await rows(png([2, 2, 1, 0], [0, 0b10000000, 0, 0b01000000]))).toEqual(
      [255, 0, 0, 255].flatMap((grey) => [grey, grey, grey, 255]),
    )
  })

  it('sixteen-bit colour, grey with alpha, and a transparent colour', async () => {
    expect(await rows(png([1, 1, 16, 2], [0, 1, 2, 3, 4, 5, 6]))).toEqual([1, 3, 5, 255])
    expect(await rows(png([1, 1, 8, 4], [0, 9, 8]))).toEqual([9, 9, 9, 8])
    expect(await rows(png([2, 1, 8, 0], [0, 7, 6], chunk('tRNS', [0, 7])))).toEqual([7, 7, 7, 0, 6, 6, 6, 255])
  })

  it('palette with alpha; an index outside of it is corrupt', async () => {
    const colours = chunk('PLTE', [1, 2, 3, 4, 5, 6])
    expect(await rows(png([2, 1, 2, 3], [0, 0b00010000], colours, chunk('tRNS', [9])))).toEqual([1, 2, 3, 9, 4, 5, 6, 255])
    await expect(rows(png([1, 1, 8, 3], [0, 2], colours))).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' })
    await expect(rows(png([1, 1, 8, 3], [0, 0]))).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' })
  })

  it('all five filters', async () => {
    const line = [10, 20, 30]
    const filtered = [0, ...line, 1, 10, 10, 10, 2, 0, 0, 0, 3, 5, 5, 5, 4, 0, 0, 0]
    const pixels = await rows(png([3, 5, 8, 0], filtered))
    const grey = pixels.filter((_, i) => i % 4 === 0)
    expect(grey).toEqual([10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30])
    await expect(rows(png([1, 1, 8, 0], [5, 0]))).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' })
  })

  it('Adam7: seven passes', async () => {
    // 2 × 2 uses passes 1, 6 and 7 only.
    const pixels = await rows(png([2, 2, 8, 0, 1], [0, 1, 0, 2, 0, 3, 4]))
    expect(pixels.filter((_, i) => i % 4 === 0)).toEqual([1, 2, 3, 4])
  })

  it('a bomb ends at the size of the header', async () => {
    const bomb = concatBytes(
      png([1, 1, 8, 0], []).subarray(0, 33),
      chunk('IDAT', zlibSync(new Uint8Array(8 * 1024 * 1024))),
      chunk('IEND', []),
    )
    expect(await rows(bomb)).toEqual([0, 0, 0, 255])
  })
})
