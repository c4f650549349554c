import { concatBytes, encodeUtf8 } from '@cccd/core'

const uint32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...parts)
  return concatBytes(uint32(body.length + 8), encodeUtf8(type), body)
}

/** A JPEG 2000 codestream of 8-bit sRGB in its file format (ISO/IEC 15444-1, annex I). */
export function jp2File(codestream: Uint8Array, size: { readonly width: number; readonly height: number }): Uint8Array {
  const header = concatBytes(uint32(size.height), uint32(size.width), Uint8Array.of(0, 3, 7, 7, 0, 0))
  const colour = concatBytes(Uint8Array.of(1, 0, 0), uint32(16))
  return concatBytes(
    box('jP  ', Uint8Array.of(0x0d, 0x0a, 0x87, 0x0a)),
    box('ftyp', encodeUtf8('jp2 '), uint32(0), encodeUtf8('jp2 ')),
    box('jp2h', box('ihdr', header), box('colr', colour)),
    box('jp2c', codestream),
  )
}
