import { concatBytes, encodeUtf8 } from '@cccd/core'
import loadOpenJpeg, { type J2KEncoder } from '@cornerstonejs/codec-openjpeg/wasmjs'

/** Calls of the encoder that the simulator has no use for. */
interface CodestreamSettings {
  setTileSize(size: { width: number; height: number }): void
  setTileOffset(offset: { x: number; y: number }): void
  setImageOffset(offset: { x: number; y: number }): void
  setProgressionOrder(order: number): void
  setDecompositions(levels: number): void
}

export interface Kind {
  readonly width: number
  readonly height: number
  readonly components: number
  readonly bits: number
  readonly colourTransform?: boolean
  readonly lossy?: boolean
  readonly settings?: (encoder: CodestreamSettings) => void
}

const silent = (): void => undefined
const encoders = loadOpenJpeg({ print: silent, printErr: silent })

/** A gradient in each component, interleaved. */
export function samplesOf({ width, height, components, bits }: Kind): number[] {
  const length = width * height * components
  return Array.from({ length }, (_, i) => {
    const [component, x, y] = [i % components, Math.floor(i / components) % width, Math.floor(i / components / width)]
    return Math.floor(((x + 2 * y + 20 * component) / 300) * (2 ** bits - 1))
  })
}

export async function codestream(kind: Kind, samples = samplesOf(kind)): Promise<Uint8Array> {
  const { width, height, components, bits, colourTransform = false, lossy = false } = kind
  const { J2KEncoder } = await encoders
  const encoder = new J2KEncoder() as J2KEncoder & CodestreamSettings
  try {
    const frame = { width, height, bitsPerSample: bits, componentCount: components, isSigned: false }
    const buffer = encoder.getDecodedBuffer({ ...frame, isUsingColorTransform: colourTransform })
    if (bits <= 8) buffer.set(samples)
    else buffer.set(new Uint8Array(Uint16Array.from(samples).buffer))
    encoder.setQuality(!lossy, lossy ? 1 : 0)
    if (lossy) encoder.setCompressionRatio(0, 4)
    // More levels than fit into the image make the encoder fail.
    encoder.setDecompositions(Math.floor(Math.log2(Math.min(width, height, 16))))
    kind.settings?.(encoder)
    encoder.encode()
    return encoder.getEncodedBuffer().slice()
  } finally {
    encoder.delete()
  }
}

const uint32 = (value: number): number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]
export const box = (type: string, ...parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array => {
  const body = concatBytes(...parts.map((part) => Uint8Array.from(part)))
  return concatBytes(Uint8Array.from(uint32(body.length + 8)), encodeUtf8(type), body)
}
export const enumerated = (space: number): Uint8Array => box('colr', [1, 0, 0], uint32(space))

/** A JP2 file with these boxes in its header. */
export function file(stream: Uint8Array, ...header: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    box('jP  ', [0x0d, 0x0a, 0x87, 0x0a]),
    box('ftyp', encodeUtf8('jp2 '), uint32(0), encodeUtf8('jp2 ')),
    box('jp2h', box('ihdr', uint32(8), uint32(8), [0, 1, 7, 7, 0, 0]), ...header),
    box('jp2c', stream),
  )
}
