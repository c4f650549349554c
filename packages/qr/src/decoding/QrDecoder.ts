/** Pixels of a picture: rows from the top, four bytes a pixel (red, green, blue, alpha). An `ImageData` is one. */
export interface QrPixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array | Uint8ClampedArray
}

/** What finds a QR code among pixels and gives its bytes, not yet taken for text; undefined when there is none. */
export interface QrDecoder {
  readonly name: string
  decode(pixels: QrPixels): Uint8Array | undefined | Promise<Uint8Array | undefined>
}
