import { concatBytes, encodeUtf8 } from '@cccd/core'
import type { Pixels } from '@cccd/image'
import {
  chrominanceAc,
  chrominanceDc,
  chrominanceQuantisation,
  type HuffmanTable,
  luminanceAc,
  luminanceDc,
  luminanceQuantisation,
  zigzag,
} from './jpegTables.js'

/** Code and length of each symbol. */
type Codes = ReadonlyMap<number, readonly [code: number, bits: number]>

function codesOf({ counts, symbols }: HuffmanTable): Codes {
  const out = new Map<number, readonly [number, number]>()
  let code = 0
  let next = 0
  counts.forEach((count, index) => {
    for (let i = 0; i < count; i++) out.set(symbols[next++] as number, [code++, index + 1])
    code <<= 1
  })
  return out
}

/** A quantisation table at a quality of 1 to 100, as the IJG's library scales it. */
function scaled(table: readonly number[], quality: number): number[] {
  const factor = quality < 50 ? 5000 / quality : 200 - 2 * quality
  return table.map((value) => Math.max(1, Math.min(255, Math.floor((value * factor + 50) / 100))))
}

const cosines = /* @__PURE__ */ (() => {
  const out = new Float64Array(64)
  for (let u = 0; u < 8; u++)
    for (let x = 0; x < 8; x++) out[8 * u + x] = (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16)
  return out
})()

/** Forward DCT of an 8 × 8 block, rows then columns (T.81, A.3.3). */
function transform(block: Float64Array, out: Float64Array): void {
  const rows = new Float64Array(64)
  for (let y = 0; y < 8; y++)
    for (let u = 0; u < 8; u++) {
      let sum = 0
      for (let x = 0; x < 8; x++) sum += (cosines[8 * u + x] as number) * (block[8 * y + x] as number)
      rows[8 * y + u] = sum
    }
  for (let v = 0; v < 8; v++)
    for (let u = 0; u < 8; u++) {
      let sum = 0
      for (let y = 0; y < 8; y++) sum += (cosines[8 * v + y] as number) * (rows[8 * y + u] as number)
      out[8 * v + u] = sum
    }
}

/** Entropy-coded data: bits from the top, a zero after every FF (F.1.2.3). */
class BitWriter {
  readonly bytes: number[] = []
  #pending = 0
  #count = 0

  write(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) {
      this.#pending = (this.#pending << 1) | ((value >> i) & 1)
      if (++this.#count < 8) continue
      this.bytes.push(this.#pending)
      if (this.#pending === 0xff) this.bytes.push(0)
      this.#pending = 0
      this.#count = 0
    }
  }

  flush(): Uint8Array {
    while (this.#count !== 0) this.write(1, 1)
    return Uint8Array.from(this.bytes)
  }
}

const magnitude = (value: number): number => 32 - Math.clz32(Math.abs(value))

interface Component {
  readonly quantisation: readonly number[]
  readonly dc: Codes
  readonly ac: Codes
  previous: number
}

function writeBlock(writer: BitWriter, component: Component, coefficients: Float64Array): void {
  const put = (codes: Codes, symbol: number): void => {
    const [code, bits] = codes.get(symbol) as readonly [number, number]
    writer.write(code, bits)
  }
  const putValue = (value: number, size: number): void => writer.write(value < 0 ? value + (1 << size) - 1 : value, size)
  const quantised = zigzag.map((at) => Math.round((coefficients[at] as number) / (component.quantisation[at] as number)))
  const [dc = 0] = quantised
  const difference = dc - component.previous
  component.previous = dc
  put(component.dc, magnitude(difference))
  putValue(difference, magnitude(difference))
  let zeros = 0
  for (const value of quantised.slice(1)) {
    if (value === 0) {
      zeros++
      continue
    }
    for (; zeros > 15; zeros -= 16) put(component.ac, 0xf0)
    put(component.ac, (zeros << 4) | magnitude(value))
    putValue(value, magnitude(value))
    zeros = 0
  }
  if (zeros > 0) put(component.ac, 0)
}

function segment(marker: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...parts)
  return concatBytes(Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body)
}

/**
 * A baseline JPEG (JFIF, YCbCr 4:4:4) of pixels. Written here because the encoders on npm need Node's `Buffer` or a browser.
 * @param quality 1 to 100
 */
export function encodeJpeg(pixels: Pixels, quality: number): Uint8Array {
  const { width, height, data } = pixels
  const luminance = scaled(luminanceQuantisation, quality)
  const chrominance = scaled(chrominanceQuantisation, quality)
  const chroma = (): Component => ({
    quantisation: chrominance,
    dc: codesOf(chrominanceDc),
    ac: codesOf(chrominanceAc),
    previous: 0,
  })
  const components: readonly Component[] = [
    { quantisation: luminance, dc: codesOf(luminanceDc), ac: codesOf(luminanceAc), previous: 0 },
    chroma(),
    chroma(),
  ]
  const blocks = [new Float64Array(64), new Float64Array(64), new Float64Array(64)]
  const coefficients = new Float64Array(64)
  const writer = new BitWriter()
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      for (let i = 0; i < 64; i++) {
        const at = 4 * (Math.min(top + (i >> 3), height - 1) * width + Math.min(left + (i & 7), width - 1))
        const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number]
        ;(blocks[0] as Float64Array)[i] = 0.299 * r + 0.587 * g + 0.114 * b - 128
        ;(blocks[1] as Float64Array)[i] = -0.168736 * r - 0.331264 * g + 0.5 * b
        ;(blocks[2] as Float64Array)[i] = 0.5 * r - 0.418688 * g - 0.081312 * b
      }
      components.forEach((component, index) => {
        transform(blocks[index] as Float64Array, coefficients)
        writeBlock(writer, component, coefficients)
      })
    }
  const quantisation = (id: number, table: readonly number[]): Uint8Array =>
    segment(
      0xdb,
      Uint8Array.of(id),
      Uint8Array.from(zigzag, (at) => table[at] as number),
    )
  const huffman = (id: number, { counts, symbols }: HuffmanTable): Uint8Array =>
    segment(0xc4, Uint8Array.of(id), Uint8Array.from(counts), Uint8Array.from(symbols))
  const size = Uint8Array.of(height >> 8, height & 255, width >> 8, width & 255)
  return concatBytes(
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, encodeUtf8('JFIF\u0000'), Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0)),
    quantisation(0, luminance),
    quantisation(1, chrominance),
    segment(0xc0, Uint8Array.of(8), size, Uint8Array.of(3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1)),
    huffman(0x00, luminanceDc),
    huffman(0x10, luminanceAc),
    huffman(0x01, chrominanceDc),
    huffman(0x11, chrominanceAc),
    segment(0xda, Uint8Array.of(3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0)),
    writer.flush(),
    Uint8Array.of(0xff, 0xd9),
  )
}
