import { decodeImage, type Pixels, readImageHeader } from '@cccd/image'
import { openjpegDecoder } from '@cccd/image/openjpeg'
import { describe, expect, it } from 'vitest'
import { box, codestream, enumerated, file, type Kind, samplesOf } from './jpeg2000Samples.js'

function expected({ width, height, components, bits }: Kind, samples: readonly number[]): Pixels {
  const data = new Uint8Array(4 * width * height)
  const byte = (value: number): number => Math.round((255 * value) / (2 ** bits - 1))
  for (let pixel = 0; pixel < width * height; pixel++) {
    const own = samples.slice(pixel * components, (pixel + 1) * components).map(byte)
    const [first = 0, second = first, third = first] = components < 3 ? [own[0]] : own
    data.set([first, second, third, components % 2 === 0 ? (own[components - 1] ?? 0) : 255], 4 * pixel)
  }
  return { width, height, data }
}

function largestDifference(a: Pixels, b: Pixels): number {
  expect([a.width, a.height, a.data.length]).toEqual([b.width, b.height, b.data.length])
  return a.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b.data[i] as number))), 0)
}

const decoders = [
  ['jpeg2000', {}],
  ['openjpeg', { decoders: [openjpegDecoder()] }],
] as const

describe.each(decoders)('kinds of JPEG 2000: %s', (name, options) => {
  const sizes = { width: 23, height: 17 }
  const kinds: Record<string, Kind> = {
    grey: { ...sizes, components: 1, bits: 8 },
    'grey of twelve bits': { ...sizes, components: 1, bits: 12 },
    'grey of sixteen bits': { ...sizes, components: 1, bits: 16 },
    colour: { ...sizes, components: 3, bits: 8 },
    'colour by the reversible transform': { ...sizes, components: 3, bits: 8, colourTransform: true },
    'colour and opacity': { ...sizes, components: 4, bits: 8 },
    tiles: { width: 100, height: 70, components: 3, bits: 8, settings: (e) => e.setTileSize({ width: 32, height: 32 }) },
    'no wavelet': { ...sizes, components: 3, bits: 8, settings: (e) => e.setDecompositions(0) },
    'one column': { width: 1, height: 40, components: 1, bits: 8 },
    'one pixel': { width: 1, height: 1, components: 3, bits: 8 },
  }
  for (const order of [0, 1, 2, 3, 4])
    kinds[`progression ${order}`] = { ...sizes, components: 3, bits: 8, settings: (e) => e.setProgressionOrder(order) }

  it.each(Object.keys(kinds))('lossless: %s', async (which) => {
    const kind = kinds[which] as Kind
    const samples = samplesOf(kind)
    const bytes = await codestream(kind, samples)
    expect(readImageHeader(bytes)).toEqual({
      type: 'j2k',
      width: kind.width,
      height: kind.height,
      components: kind.components,
    })
    const difference = largestDifference(await decodeImage(bytes, options), expected(kind, samples))
    expect(difference).toBeLessThanOrEqual(kind.bits === 8 ? 0 : 1)
  })

  it('lossy, with the irreversible colour transform', async () => {
    const kind = { ...sizes, components: 3, bits: 8, colourTransform: true, lossy: true } as const
    const flat = Array.from({ length: 3 * sizes.width * sizes.height }, (_, i) => [200, 90, 30][i % 3] as number)
    const pixels = await decodeImage(await codestream(kind, flat), options)
    expect(largestDifference(pixels, expected(kind, flat))).toBeLessThanOrEqual(3)
  })

  it('palette, with a mapping; an entry that is not there is corrupt', async () => {
    const stream = await codestream({ width: 4, height: 1, components: 1, bits: 8 }, [0, 1, 2, 1])
    const palette = box('pclr', [0, 3, 3, 7, 7, 7], [255, 0, 0, 0, 255, 0, 1, 2, 3])
    const mapping = box('cmap', [0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 2])
    const { data } = await decodeImage(file(stream, enumerated(16), palette, mapping), options)
    expect([...data]).toEqual([255, 0, 0, 255, 0, 255, 0, 255, 1, 2, 3, 255, 0, 255, 0, 255])
    const short = box('pclr', [0, 2, 3, 7, 7, 7], [255, 0, 0, 0, 255, 0])
    const refused = (...header: Uint8Array[]) => expect(decodeImage(file(stream, ...header), options)).rejects
    await refused(short, mapping).toMatchObject({ code: 'IMAGE_CORRUPT' })
    await refused(palette).toMatchObject({ code: 'IMAGE_CORRUPT' })
    await refused(palette, box('cmap', [0, 1, 1, 0])).toMatchObject({ code: 'IMAGE_CORRUPT' })
    await refused(palette, box('cmap', [0, 0, 1, 3])).toMatchObject({ code: 'IMAGE_CORRUPT' })
    await refused(box('pclr', [0, 3, 3, 7])).toMatchObject({ code: 'IMAGE_CORRUPT' })
    await refused(box('pclr', [255, 255, 3, 7, 7, 7])).toMatchObject({ code: 'IMAGE_UNSUPPORTED' })
  })

  it('sYCC becomes red, green and blue', async () => {
    const stream = await codestream({ width: 2, height: 1, components: 3, bits: 8 }, [76, 85, 255, 128, 128, 128])
    const { data } = await decodeImage(file(stream, enumerated(18)), options)
    expect([...data]).toEqual([254, 0, 0, 255, 128, 128, 128, 255])
    expect([...(await decodeImage(file(stream, enumerated(16)), options)).data].slice(0, 3)).toEqual([76, 85, 255])
  })

  it('channels as they are defined: blue first, opacity in the middle', async () => {
    const stream = await codestream({ width: 1, height: 1, components: 4, bits: 8 }, [30, 128, 20, 10])
    const definition = box('cdef', [0, 4], [0, 0, 0, 0, 0, 3], [0, 1, 0, 1, 0, 0], [0, 2, 0, 0, 0, 2], [0, 3, 0, 0, 0, 1])
    expect([...(await decodeImage(file(stream, definition), options)).data]).toEqual([10, 20, 30, 128])
    const refused = (...bytes: readonly number[]) => expect(decodeImage(file(stream, box('cdef', bytes)), options)).rejects
    await refused(0, 1, 0, 9, 0, 0, 0, 1).toMatchObject({ code: 'IMAGE_CORRUPT' })
    await refused(0, 1, 0, 0, 0, 2, 0, 0).toMatchObject({ code: 'IMAGE_UNSUPPORTED' })
    await refused(0, 1, 0, 0, 0, 0, 0, 2).toMatchObject({ code: 'IMAGE_UNSUPPORTED' })
    await refused(0, 2, 0, 0, 0, 0, 0, 1).toMatchObject({ code: 'IMAGE_CORRUPT' })
  })

  it('refuses signed, subsampled and unequal components, and samples of few bits where it cannot', async () => {
    const stream = await codestream({ width: 8, height: 8, components: 3, bits: 8 })
    // SIZ: after its marker and length 36 bytes, then depth and the two sampling factors of each component.
    const changed = (at: number, value: number): Uint8Array => {
      const copy = stream.slice()
      copy[42 + at] = value
      return copy
    }
    for (const [at, value] of [
      [0, 0x87],
      [1, 2],
      [5, 2],
      [3, 11],
      [0, 37],
    ] as const)
      await expect(decodeImage(changed(at, value), options)).rejects.toMatchObject({ code: 'IMAGE_UNSUPPORTED' })
    const few = { width: 8, height: 8, components: 1, bits: 4 }
    const four = await codestream(few)
    if (name === 'jpeg2000') await expect(decodeImage(four, options)).rejects.toMatchObject({ code: 'IMAGE_UNSUPPORTED' })
    else expect(largestDifference(await decodeImage(four, options), expected(few, samplesOf(few)))).toBe(0)
  })
})

it('colour of twelve bits is alike in both decoders', async () => {
  // The encoder mixes up the samples of this kind, so there is no picture to compare with.
  const bytes = await codestream({ width: 23, height: 17, components: 3, bits: 12 })
  const [plain, wasm] = await Promise.all(decoders.map(([, options]) => decodeImage(bytes, options)))
  expect(largestDifference(plain as Pixels, wasm as Pixels)).toBeLessThanOrEqual(1)
})
