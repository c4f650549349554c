/** How a portrait is encoded: JPEG, JPEG 2000 in its file format, or a bare JPEG 2000 codestream. */
export type ImageType = 'jpeg' | 'jp2' | 'j2k'

const magics: readonly (readonly [ImageType, readonly number[]])[] = [
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['jp2', [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]],
  ['j2k', [0xff, 0x4f, 0xff, 0x51]],
]

/** The encoding by the first bytes; what the record around an image claims is not trusted. */
export function imageTypeOf(image: Uint8Array): ImageType | undefined {
  return magics.find(([, magic]) => magic.every((byte, index) => image[index] === byte))?.[0]
}
