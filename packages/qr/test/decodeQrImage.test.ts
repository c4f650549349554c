import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { encodeUtf8, isCccdError } from '@cccd/core'
import { encodePng } from '@cccd/image'
import fc from 'fast-check'
import encodeQR from 'qr'
import { describe, expect, it } from 'vitest'
import { readVector, readVectorJson, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import { decodeQrImage, javascriptDecoder, type QrDecoder, type QrPixels } from '../src/image.js'
import { tryParseQr } from '../src/index.js'
import { zxingDecoder } from '../src/zxing.js'

const payload = '001090000123||Nguyễn Văn Thử|15081990|Nam|Phố Mẫu, Hà Nội|20052021'
const wasm = new Uint8Array(readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')))

/** A picture of a code: `dark` and `light` grey, some pixels a module. */
function picture(text: string, { dark = 0, light = 255, scale = 4, mirrored = false } = {}): QrPixels {
  const modules = encodeQR(text, 'raw', { encoding: 'byte', border: 4 })
  const size = modules.length * scale
  const data = new Uint8ClampedArray(4 * size * size).fill(255)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const column = Math.floor((mirrored ? size - 1 - x : x) / scale)
      data.fill(modules[Math.floor(y / scale)]?.[column] ? dark : light, 4 * (y * size + x), 4 * (y * size + x) + 3)
    }
  return { width: size, height: size, data }
}

function noise(width: number, height: number): QrPixels {
  let state = 1
  const data = new Uint8ClampedArray(4 * width * height).map(() => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state >>> 24
  })
  return { width, height, data }
}

const decoders: readonly QrDecoder[] = [javascriptDecoder, zxingDecoder({ wasm })]

describe.each(decoders)('decodeQrImage with $name', (decoder) => {
  it.each([
    ['a clean picture', {}],
    ['white on black', { dark: 255, light: 0 }],
    ['a mirror', { mirrored: true }],
    ['little contrast', { dark: 120, light: 136 }],
  ])('%s', async (_, look) => {
    const { bytes } = await decodeQrImage(picture(payload, look), { decoder })
    expect(bytes).toEqual(encodeUtf8(payload))
  })

  it('refuses a picture without a code', async () => {
    await expect(decodeQrImage(noise(200, 120), { decoder })).rejects.toMatchObject({ code: 'QR_NOT_FOUND' })
    await expect(decodeQrImage({ width: 1, height: 1, data: new Uint8Array(4) }, { decoder })).rejects.toMatchObject({
      code: 'QR_NOT_FOUND',
    })
  })

  it('gives the bytes as they are, valid UTF-8 or not', async () => {
    const { bytes } = await decodeQrImage(picture('a|\u0001|z'), { decoder })
    expect(bytes).toEqual(encodeUtf8('a|\u0001|z'))
  })
})

describe('the ways to look at a picture', () => {
  /** Reads codes only as they are printed: no mirror, no dark background. */
  const seen: string[] = []
  const strict: QrDecoder = {
    name: 'strict',
    decode: (pixels) => {
      seen.push(`${pixels.width}x${pixels.height}`)
      return pixels.data[0] === 255 && pixels.data[4] === 0 ? Uint8Array.of(1) : undefined
    },
  }
  const row = (...greys: number[]): QrPixels => ({
    width: greys.length,
    height: 1,
    data: Uint8Array.from(greys.flatMap((grey) => [grey, grey, grey, 255])),
  })

  it.each([
    ['as-given', row(255, 0, 9)],
    ['mirrored', row(9, 0, 255)],
    ['inverted', row(0, 255, 9)],
    ['contrast', row(140, 120, 130)],
    ['mirrored-contrast', row(130, 120, 140)],
  ])('%s', async (variant, pixels) =>
    expect(await decodeQrImage(pixels, { decoder: strict })).toEqual({ bytes: Uint8Array.of(1), variant, decoder: 'strict' }),
  )

  it('reduces a large picture before it tries again', async () => {
    seen.length = 0
    const large = { width: 3000, height: 2000, data: new Uint8Array(4 * 6_000_000) }
    await expect(decodeQrImage(large, { decoder: strict })).rejects.toMatchObject({ code: 'QR_NOT_FOUND' })
    expect(new Set(seen)).toEqual(new Set(['3000x2000', '1500x1000', '1000x1500']))
    const mirror = picture(payload, { mirrored: true, scale: 44 })
    expect(mirror.width * mirror.height).toBeGreaterThan(2_500_000)
    expect(await decodeQrImage(mirror)).toEqual({ bytes: encodeUtf8(payload), variant: 'mirrored', decoder: 'qr' })
  })

  it('turns last', async () => {
    seen.length = 0
    await expect(decodeQrImage(row(9, 9, 9), { decoder: strict })).rejects.toMatchObject({ params: { attempts: 6 } })
    expect(seen).toEqual(['3x1', '3x1', '3x1', '3x1', '3x1', '1x3'])
  })
})

describe('ports', () => {
  it('takes any decoder of images', async () => {
    const imageDecoder = async (bytes: Uint8Array) => {
      expect(bytes).toEqual(Uint8Array.of(1, 2, 3))
      return picture(payload)
    }
    expect((await decodeQrImage(Uint8Array.of(1, 2, 3), { imageDecoder })).variant).toBe('as-given')
  })

  it('reduces what a decoder throws to a coded error', async () => {
    const decoder: QrDecoder = { name: 'broken', decode: () => Promise.reject(new Error(payload)) }
    const error = await decodeQrImage(picture(payload), { decoder }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'QR_DECODER', params: { decoder: 'broken' } })
    expect(String((error as Error).cause)).not.toContain('001090')
  })

  it('refuses what is no picture, and one that is too large', async () => {
    await expect(decodeQrImage(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'IMAGE_TYPE_UNKNOWN' })
    await expect(decodeQrImage(picture(payload), { maxPixels: 100 })).rejects.toMatchObject({ code: 'QR_TOO_LARGE' })
    await expect(decodeQrImage({ width: 2, height: 2, data: new Uint8Array(15) })).rejects.toThrow(RangeError)
    await expect(decodeQrImage({ width: 0, height: 0, data: new Uint8Array(0) })).rejects.toThrow(RangeError)
    await expect(decodeQrImage({ width: 1, height: 1, data: [1, 2, 3, 4] as unknown as Uint8Array })).rejects.toThrow(TypeError)
  })

  it('takes random and broken files: a coded error, or what the picture holds', async () => {
    const { width, height, data } = picture(payload, { scale: 2 })
    const png = encodePng({ width, height, data: new Uint8Array(data) })
    const broken = fc.array(fc.tuple(fc.nat(png.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
      const out = png.slice()
      for (const [at, value] of changes) out[at] = value
      return out
    })
    const cut = fc.nat(png.length - 1).map((length) => png.slice(0, length))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), broken, cut), async (bytes) => {
        const outcome = await decodeQrImage(bytes).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(isCccdError(outcome)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('wants the WebAssembly file handed in', () =>
    expect(() => zxingDecoder({ wasm: undefined as unknown as Uint8Array })).toThrow(TypeError))

  it('works where there is no TextDecoder', async () => {
    const kept = globalThis.TextDecoder
    try {
      Reflect.deleteProperty(globalThis, 'TextDecoder')
      expect((await decodeQrImage(picture(payload))).bytes).toEqual(encodeUtf8(payload))
    } finally {
      globalThis.TextDecoder = kept
    }
  })
})

describe.skipIf(sharedVectors === undefined)('shared vectors: qr/*.png', () => {
  const payloads = new Map(
    sharedVectors === undefined
      ? []
      : readVectorJson<{ payloads: { id: string; payload: string; expect: string }[] }>('vn', 'qr_payloads.json').payloads.map(
          (one) => [one.id, one] as const,
        ),
  )
  const images =
    sharedVectors === undefined
      ? []
      : readVectorJson<{ images: { file: string; payload_id: string }[] }>('qr', 'index.json').images

  it('has 13 images', () => {
    const files = vectorFiles('qr').filter((name) => name.endsWith('.png'))
    console.log(`QR images found: ${files.length}`)
    expect(files).toHaveLength(13)
    expect(images.map(({ file }) => file).sort((a, b) => a.localeCompare(b))).toEqual(files.sort((a, b) => a.localeCompare(b)))
  })

  it.each(decoders)('reads all of them with $name', async (decoder) => {
    const needed: string[] = []
    for (const { file, payload_id } of images) {
      const { bytes, variant } = await decodeQrImage(readVector('qr', file), { decoder })
      const expected = payloads.get(payload_id)
      expect(bytes, file).toEqual(encodeUtf8(expected?.payload ?? ''))
      expect(tryParseQr(bytes).ok, file).toBe(expected?.expect === 'valid')
      if (variant !== 'as-given') needed.push(`${file} ${variant}`)
    }
    // `qr` reads 12 at the first try; `zxing` knows mirrored codes itself.
    expect(needed).toEqual(decoder.name === 'qr' ? ['q7_1_mirrored.png mirrored'] : [])
  })
})
