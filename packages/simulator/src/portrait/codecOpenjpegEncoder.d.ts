declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  export interface J2KEncoder {
    getDecodedBuffer(frame: {
      readonly width: number
      readonly height: number
      readonly bitsPerSample: number
      readonly componentCount: number
      readonly isSigned: boolean
      readonly isUsingColorTransform?: boolean
    }): Uint8Array
    getEncodedBuffer(): Uint8Array
    setQuality(lossless: boolean, rate: number): void
    setCompressionRatio(layer: number, ratio: number): void
    encode(): void
    delete(): void
  }
  export interface OpenJpegEncoderModule {
    readonly J2KEncoder: new () => J2KEncoder
  }
  export default function load(options: {
    print?: (text: string) => void
    printErr?: (text: string) => void
    wasmBinary?: Uint8Array
  }): Promise<OpenJpegEncoderModule>
}
