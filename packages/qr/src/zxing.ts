import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { QrDecoder } from './decoding/QrDecoder.js'

export interface ZxingDecoderOptions {
  /** The bytes of `zxing-wasm/reader/zxing_reader.wasm`, from your own disk or server. */
  readonly wasm: Uint8Array
}

/**
 * A decoder over the optional package `zxing-wasm`: it reads more bad pictures than the default one, mirrored ones at the first try, and
 * needs WebAssembly. The WebAssembly file is handed in; the CDN that the package would load it from is never asked.
 *
 * @example
 * const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
 * await decodeQrImage(picture, { decoder: zxingDecoder({ wasm }) })
 */
export function zxingDecoder({ wasm }: ZxingDecoderOptions): QrDecoder {
  if (!(wasm instanceof Uint8Array)) throw new TypeError('wasm must be a Uint8Array')
  // The name is asked for even when the bytes are there; left alone, the package would answer with the address of a CDN.
  const overrides = { wasmBinary: Uint8Array.from(wasm).buffer, locateFile: (name: string) => name }
  return {
    name: 'zxing',
    decode: async ({ width, height, data }) => {
      await prepareZXingModule({ overrides, fireImmediately: true })
      const picture = { width, height, data: Uint8ClampedArray.from(data), colorSpace: 'srgb' } as const
      const [found] = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 })
      return found?.isValid ? found.bytes : undefined
    },
  }
}
