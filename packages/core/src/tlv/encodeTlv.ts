import { concatBytes } from '../bytes.js'

/** Length octets in their shortest form (X.690 10.1). */
export function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(0x80 | octets.length, ...octets)
}

/** Tag octets of a tag written as its bytes read, e.g. 0x7f49. */
export function encodeTag(tag: number): Uint8Array {
  const octets: number[] = []
  for (let rest = tag; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.from(octets)
}

/**
 * One BER-TLV element with the shortest length field.
 * @example encodeTlv(0x30, encodeTlv(0x02, Uint8Array.of(5))) // 30 03 02 01 05
 */
export function encodeTlv(tag: number, ...value: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of value) length += part.length
  return concatBytes(encodeTag(tag), encodeLength(length), ...value)
}
