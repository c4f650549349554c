import { encodeTlv } from '@cccd/core'

function displayedImages(file: number, tag: number, images: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(file, encodeTlv(0x02, Uint8Array.of(images.length)), ...images.map((image) => encodeTlv(tag, image)))
}

/** DG5: the portraits as printed, JPEG or JPEG 2000 (Doc 9303-10, 4.7.5). */
export function dg5(images: readonly Uint8Array[]): Uint8Array {
  return displayedImages(0x65, 0x5f40, images)
}

/** DG7: the signatures or usual marks as printed, JPEG or JPEG 2000 (Doc 9303-10, 4.7.7). */
export function dg7(images: readonly Uint8Array[]): Uint8Array {
  return displayedImages(0x67, 0x5f43, images)
}
