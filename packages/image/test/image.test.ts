import { isCccdError } from '@cccd/core'
import { decodeImage, detectImageType, encodePng, ImageError, imageErrorCodes, readImageHeader } from '@cccd/image'
import { jpeg2000Decoder } from '@cccd/image/jpeg2000'
import { advice, messages } from '@cccd/image/messages'
import { openjpegDecoder } from '@cccd/image/openjpeg'
import { describe, expect, it, vi } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { embedded } from './embedded.js'

function gradient(width: number, height: number): { width: number; height: number; data: Uint8Array } {
  const data = Uint8Array.from({ length: 4 * width * height }, (_, i) => (i % 4 === 3 ? 255 - (i % 7) : (i * 31) & 255))
  return { width, height, data }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (isCccdError(error)) return error.code
    throw error
  }
  return 'none'
}

describe('png', () => {
  it('gives back what encodePng wrote', async () => {
    const pixels = gradient(37, 19)
    expect(await decodeImage(encodePng(pixels))).toEqual(pixels)
  })

  it('says the size before anything is decoded', () => {
    expect(readImageHeader(encodePng(gradient(37, 19)))).toEqual({ type: 'png', width: 37, height: 19, components: 4 })
  })

  it('refuses more pixels or bytes than allowed, whatever the data is', async () => {
    const huge = encodePng(gradient(4, 4))
    huge.set([0, 1, 0, 0, 0, 1, 0, 0], 16)
    expect(await codeOf(decodeImage(huge))).toBe('IMAGE_TOO_MANY_PIXELS')
    expect(await codeOf(decodeImage(encodePng(gradient(9, 9)), { maxPixels: 80 }))).toBe('IMAGE_TOO_MANY_PIXELS')
    expect(await codeOf(decodeImage(encodePng(gradient(9, 9)), { maxBytes: 60 }))).toBe('IMAGE_TOO_LARGE')
  })

  it('refuses a wrong checksum, a cut file and a decoder that disagrees with the header', async () => {
    const good = encodePng(gradient(8, 8))
    const flipped = good.slice()
    flipped[60] = (flipped[60] as number) ^ 1
    expect(await codeOf(decodeImage(flipped))).toBe('IMAGE_CORRUPT')
    expect(await codeOf(decodeImage(good.subarray(0, good.length - 20)))).toBe('IMAGE_CORRUPT')
    const liar = { name: 'liar', types: ['png'] as const, decode: async () => gradient(1, 1) }
    expect(await codeOf(decodeImage(good, { decoders: [liar] }))).toBe('IMAGE_CORRUPT')
  })
})

describe('detection', () => {
  it('knows four types by their first bytes and nothing else', async () => {
    expect(detectImageType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('jpeg')
    expect(detectImageType(Uint8Array.of(0xff, 0x4f, 0xff, 0x51))).toBe('j2k')
    expect(detectImageType(encodePng(gradient(1, 1)))).toBe('png')
    expect(detectImageType(Uint8Array.of(0xff, 0xd8))).toBeUndefined()
    expect(detectImageType(new Uint8Array(0))).toBeUndefined()
    expect(await codeOf(decodeImage(new Uint8Array(40)))).toBe('IMAGE_TYPE_UNKNOWN')
  })
})

describe('messages', () => {
  it('has a text in both languages for every code', () => {
    expect(new Set(Object.keys(messages))).toEqual(new Set(imageErrorCodes))
    for (const code of imageErrorCodes)
      for (const language of ['vi', 'en'] as const)
        expect(advice(new ImageError(code, 'x'), language)).toBe(messages[code][language])
  })
})

describe.skipIf(sharedVectors === undefined)('published images', () => {
  it('decodes the JPEG of ISO/IEC 19794-5', async () => {
    const { width, height, data } = await decodeImage(readVector('lds', 'iso19794', 'ISO19794_Test1_Face.jpg'))
    expect([width, height]).toEqual([148, 70])
    expect(new Set(data).size).toBeGreaterThan(50)
  })

  const jpeg2000 = [
    ['iso39794', 'ICAO_39794_5_AP_DG2_Face.jp2', 413, 531],
    ['bsi_tr03105_5_hjp', 'EF_DG2.bin', 0, 0],
    ['misc_dg', 'EF_DG7.bin', 0, 0],
  ] as const
  it.each(jpeg2000)('decodes %s/%s alike with both decoders', async (folder, file, width, height) => {
    const bytes = embedded(readVector('lds', folder, file))
    const header = readImageHeader(bytes)
    if (width > 0) expect([header.width, header.height]).toEqual([width, height])
    const [plain, wasm] = [await decodeImage(bytes), await decodeImage(bytes, { decoders: [openjpegDecoder()] })]
    expect([plain.width, plain.height]).toEqual([wasm.width, wasm.height])
    // The irreversible wavelet is floating point: decoders round single samples differently.
    let sum = 0
    for (let i = 0; i < plain.data.length; i++) sum += Math.abs((plain.data[i] as number) - (wasm.data[i] as number))
    expect(sum / plain.data.length).toBeLessThan(2)
  })

  it('says corrupt, prints nothing, and decodes the next image', async () => {
    const printed = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
    const good = readVector('lds', 'iso39794', 'ICAO_39794_5_AP_DG2_Face.jp2')
    const decoder = openjpegDecoder()
    const cut = good.slice(0, 220)
    expect(await codeOf(decodeImage(cut, { decoders: [decoder] }))).toBe('IMAGE_CORRUPT')
    expect(await codeOf(decodeImage(cut, { decoders: [jpeg2000Decoder] }))).toBe('IMAGE_CORRUPT')
    expect((await decodeImage(good, { decoders: [decoder] })).width).toBe(413)
    for (const spy of printed) expect(spy).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })

  it('says corrupt for a stream that was cut anywhere, with both decoders', async () => {
    const jp2 = embedded(readVector('lds', 'bsi_tr03105_5_hjp', 'EF_DG2.bin'))
    const jpeg = readVector('lds', 'iso19794', 'ISO19794_Test1_Face.jpg')
    for (const share of [0.02, 0.3, 0.9, 0.99])
      for (const [bytes, options] of [
        [jp2, {}],
        [jp2, { decoders: [openjpegDecoder()] }],
        [jpeg, {}],
      ] as const)
        expect(await codeOf(decodeImage(bytes.subarray(0, Math.floor(share * bytes.length)), options))).toBe('IMAGE_CORRUPT')
  })

  it('refuses a second size segment and tiny tiles before a decoder sees them', async () => {
    const good = readVector('lds', 'iso39794', 'ICAO_39794_5_AP_DG2_Face.jp2')
    const siz = good.findIndex((byte, i) => byte === 0xff && good[i + 1] === 0x51)
    const tiny = good.slice()
    tiny.set([0, 0, 0, 1, 0, 0, 0, 1], siz + 22)
    expect(await codeOf(decodeImage(tiny))).toBe('IMAGE_UNSUPPORTED')
    const length = 2 + (((good[siz + 2] as number) << 8) | (good[siz + 3] as number))
    const twice = new Uint8Array([...embedded(good.subarray(siz - 2)), 0])
    const doubled = new Uint8Array([
      ...twice.subarray(0, 2 + length),
      ...twice.subarray(2, 2 + length),
      ...twice.subarray(2 + length),
    ])
    expect(await codeOf(decodeImage(doubled))).toBe('IMAGE_CORRUPT')
  })
})
