// oxlint-disable-next-line typescript/triple-slash-reference -- the only way that declaration bundlers follow
/// <reference path="./codecOpenjpeg.d.ts" />
import loadOpenJpeg, { type OpenJpegModule } from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import { ImageError } from './errors.js'
import { codestreamOf } from './header/jpeg2000.js'
import { readColour } from './jp2/readColour.js'
import { samplesToPixels } from './samplesToPixels.js'
import type { ImageDecoder, ImageHeader, Pixels } from './types.js'

export interface OpenjpegOptions {
  /** The bytes of `openjpegwasm_decode.wasm`, where the library cannot find its own file (bundlers, workers). */
  readonly wasm?: Uint8Array
}

const silent = (): void => {}

/**
 * JPEG 2000 by OpenJPEG compiled to WebAssembly. Not built in: it needs `WebAssembly`, and its loader mentions `fs`.
 * @example await decodeImage(portrait, { decoders: [openjpegDecoder()] })
 */
export function openjpegDecoder(options: OpenjpegOptions = {}): ImageDecoder {
  let loading: Promise<OpenJpegModule> | undefined
  const load = (): Promise<OpenJpegModule> =>
    loadOpenJpeg({ print: silent, printErr: silent, ...(options.wasm === undefined ? {} : { wasmBinary: options.wasm }) })
  return {
    name: 'openjpeg',
    types: ['jp2', 'j2k'],
    async decode(bytes: Uint8Array, header: ImageHeader): Promise<Pixels> {
      loading ??= load()
      try {
        return decodeWith(await loading, bytes, header)
      } catch (cause) {
        // A trap leaves the instance's memory in an unknown state: the next image gets a new one.
        loading = undefined
        if (cause instanceof ImageError) throw cause
        throw new ImageError('IMAGE_CORRUPT', 'JPEG 2000 cannot be decoded', { cause })
      }
    },
  }
}

function decodeWith(module: OpenJpegModule, bytes: Uint8Array, header: ImageHeader): Pixels {
  if (header.components !== 1 && header.components !== 3)
    throw new ImageError('IMAGE_UNSUPPORTED', 'the library takes one component or three', {
      params: { components: header.components },
    })
  // The boxes of a file are read here, so that its colours are those of the other decoder.
  const isFile = header.type === 'jp2'
  const codestream = isFile ? codestreamOf(bytes) : bytes
  const colour = isFile ? { colour: readColour(bytes, header.components) } : {}
  const decoder = new module.J2KDecoder()
  try {
    decoder.getEncodedBuffer(codestream.length).set(codestream)
    decoder.decode()
    const { width, height, bitsPerSample: bits, componentCount: components, isSigned } = decoder.getFrameInfo()
    // Corrupt input does not throw: it gives an image of 0 × 0.
    if (width !== header.width || height !== header.height || components !== header.components)
      throw new ImageError('IMAGE_CORRUPT', 'decoded size differs from the header')
    if (isSigned || bits > 16) throw new ImageError('IMAGE_UNSUPPORTED', 'kind of samples', { params: { bits } })
    const decoded = decoder.getDecodedBuffer().slice()
    const samples = bits <= 8 ? decoded : new Uint16Array(decoded.buffer)
    if (samples.length < width * height * components) throw new ImageError('IMAGE_CORRUPT', 'fewer samples than pixels')
    return samplesToPixels(samples, { width, height, components, bits, ...colour })
  } finally {
    decoder.delete()
  }
}
