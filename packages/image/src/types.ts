/** `jp2` is JPEG 2000 in its file format, `j2k` the bare codestream; identity cards have been seen with either. */
export type ImageType = 'png' | 'jpeg' | 'jp2' | 'j2k'

/** What the header of an image says, read before anything is decoded. */
export interface ImageHeader {
  readonly type: ImageType
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  /** Colour channels, alpha included. */
  readonly components: number
}

/** A decoded image: rows from the top, four bytes a pixel (red, green, blue, alpha). */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/**
 * What turns an encoded image into pixels. It is handed only images whose header was read and whose size was capped;
 * it throws `ImageError` `IMAGE_CORRUPT` or `IMAGE_UNSUPPORTED`, and prints nothing.
 */
export interface ImageDecoder {
  readonly name: string
  readonly types: readonly ImageType[]
  decode(bytes: Uint8Array, header: ImageHeader): Promise<Pixels>
}
