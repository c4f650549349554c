import { encodeHex } from './bytes.js'
import { encodeUtf8 } from './utf8.js'

/** Format characters that hide, join or turn text around, fillers, variation selectors, tags, noncharacters; from, to. */
const invisible: readonly (readonly [number, number])[] = [
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xfdd0, 0xfdef],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xfffe, 0xffff],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
]

/** Whether a code point does not show, or moves what does: controls, and the format characters of Unicode. */
export function isInvisible(point: number): boolean {
  if (point < 0x34f) return point < 0x20 || point === 0xad || (point >= 0x7f && point <= 0x9f)
  return invisible.some(([from, to]) => from <= point && point <= to)
}

/**
 * Text that somebody else wrote, for a terminal or a report: what does not show, or moves what does, as `\XX` of its UTF-8. It draws no lines and no
 * colours of its own and shows in the order in which it is stored.
 *
 * @example
 * visibleText('A\u001b[2K\u202e') // 'A\\1B[2K\\E2\\80\\AE'
 */
export function visibleText(text: string): string {
  return Array.from(text, (character) => (isInvisible(character.codePointAt(0) ?? 0) ? escaped(character) : character)).join('')
}

function escaped(character: string): string {
  return encodeHex(encodeUtf8(character)).toUpperCase().replace(/../g, '\\$&')
}
