import { CoreError } from './errors/CoreError.js'

/** UTF-8 bytes of a text. A lone surrogate becomes U+FFFD, as in the Encoding standard. */
export function encodeUtf8(text: string): Uint8Array {
  const out: number[] = []
  for (const character of text) {
    let code = character.codePointAt(0) as number
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd
    if (code < 0x80) out.push(code)
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(out)
}

/**
 * Characters that are made at once; they stand on the stack. One after the other they make a tree of as many strings: of a long text forty
 * times the time, and fifty times its size in memory.
 */
const piece = 4096

function lettersOf(units: ArrayLike<number>): string {
  const letters: unknown = Reflect.apply(String.fromCharCode, undefined, units)
  return String(letters)
}

/**
 * The text of strictly valid UTF-8: overlong forms, surrogates and code points over U+10FFFF are refused.
 * @throws CoreError `UTF8_INVALID` with `params.offset` (in bytes), never with the text.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let out = ''
  let units: number[] = []
  let i = 0
  while (i < bytes.length) {
    if (units.length >= piece) {
      out += lettersOf(units)
      units = []
    }
    const first = bytes[i] as number
    if (first < 0x80) {
      units.push(first)
      i++
      continue
    }
    const extra = first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0
    if (extra === 0 || i + extra >= bytes.length) throw invalid(i)
    let code = first & (0x3f >> extra)
    for (let k = 1; k <= extra; k++) {
      const next = bytes[i + k] as number
      if ((next & 0xc0) !== 0x80) throw invalid(i)
      code = (code << 6) | (next & 63)
    }
    const overlong = (extra === 2 && code < 0x800) || (extra === 3 && code < 0x10000)
    if (overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw invalid(i)
    if (code < 0x10000) units.push(code)
    else units.push(0xd7c0 + (code >> 10), 0xdc00 | (code & 0x3ff))
    i += extra + 1
  }
  return out + lettersOf(units)
}

function invalid(offset: number): CoreError {
  return new CoreError('UTF8_INVALID', 'bytes are not valid UTF-8', { params: { offset } })
}

/** Below this, one after the other is quicker: countries, dates, serial numbers. */
const few = 16

/** Each byte as the character of the same number (ISO 8859-1). */
export function decodeLatin1(bytes: Uint8Array): string {
  let out = ''
  if (bytes.length <= few) {
    for (const byte of bytes) out += String.fromCharCode(byte)
    return out
  }
  for (let at = 0; at < bytes.length; at += piece) out += lettersOf(bytes.subarray(at, at + piece))
  return out
}
