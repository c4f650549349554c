declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export interface FrameInfo {
    readonly width: number
    readonly height: number
    readonly bitsPerSample: number
    readonly componentCount: number
    readonly isSigned: boolean
  }
  export interface J2KDecoder {
    getEncodedBuffer(length: number): Uint8Array
    getDecodedBuffer(): Uint8Array
    getFrameInfo(): FrameInfo
    decode(): void
    delete(): void
  }
  export interface OpenJpegModule {
    readonly J2KDecoder: new () => J2KDecoder
  }
  export default function load(options: {
    print?: (text: string) => void
    printErr?: (text: string) => void
    wasmBinary?: Uint8Array
  }): Promise<OpenJpegModule>
}
