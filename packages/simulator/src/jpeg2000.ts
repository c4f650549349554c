// oxlint-disable-next-line typescript/triple-slash-reference -- the only way that declaration bundlers follow
/// <reference path="./portrait/codecOpenjpegEncoder.d.ts" />
import type { Pixels } from '@cccd/image'
import loadOpenJpeg, { type OpenJpegEncoderModule } from '@cornerstonejs/codec-openjpeg/wasmjs'
import { SimulatorError } from './errors.js'
import { jp2File } from './portrait/jp2File.js'
import type { PortraitEncoder } from './portrait/PortraitEncoder.js'

export interface Jpeg2000Options {
  /** The bytes of `openjpegwasm.wasm`, where the library cannot find its own file (bundlers, workers). */
  readonly wasm?: Uint8Array
}

const silent = (): void => {}

/** Compression (of one quality layer) that brings a drawn portrait to about 15 kB. */
const ratio = 62

/**
 * Portraits as JPEG 2000, by OpenJPEG compiled to WebAssembly; a subpath of its own because it is large and mentions `fs`.
 *
 * @param type `jp2`: the file format; `j2k`: the bare codestream
 * @throws SimulatorError `SIMULATOR_IMAGE_ENCODER` from `encode`
 * @example await personalise(issuer, citizen, { random, image: jpeg2000Encoder('jp2') })
 */
export function jpeg2000Encoder(type: 'jp2' | 'j2k', options: Jpeg2000Options = {}): PortraitEncoder {
  let loading: Promise<OpenJpegEncoderModule> | undefined
  return {
    type,
    async encode(pixels) {
      loading ??= loadOpenJpeg({
        print: silent,
        printErr: silent,
        ...(options.wasm === undefined ? {} : { wasmBinary: options.wasm }),
      })
      const codestream = encodeWith(await loading, pixels)
      return type === 'j2k' ? codestream : jp2File(codestream, pixels)
    },
  }
}

function encodeWith(module: OpenJpegEncoderModule, { width, height, data }: Pixels): Uint8Array {
  const encoder = new module.J2KEncoder()
  try {
    const samples = encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount: 3, isSigned: false })
    for (let i = 0; i < width * height; i++) samples.set(data.subarray(4 * i, 4 * i + 3), 3 * i)
    encoder.setQuality(false, 1)
    encoder.setCompressionRatio(0, ratio)
    encoder.encode()
    return encoder.getEncodedBuffer().slice()
  } catch (cause) {
    throw new SimulatorError('SIMULATOR_IMAGE_ENCODER', 'portrait cannot be encoded as JPEG 2000', { cause })
  } finally {
    encoder.delete()
  }
}
