import { encodeHex } from './bytes.js'
import { encodeUtf8 } from './utf8.js'

/**
 * All but what shows and stays in its place. Left out of the ranges: controls, and the format characters of Unicode that hide, join or turn text around,
 * variation selectors, tags, noncharacters. Blanks are blanks.
 */
const invisible =
  /[^ -~\u00a0-\u00ac\u00ae-\u061b\u061d-\u180a\u1810-\u200a\u2010-\u2027\u202f-\u205f\u2070-\ufdcf\ufdf0-\ufdff\ufe10-\ufefe\uff00-\uffef\ufffc\ufffd\u{10000}-\u{dffff}\u{f0000}-\u{10ffff}]/gu

/**
 * Text that somebody else wrote, for a terminal or a report: what does not show, or moves what does, through `write`, as `\XX` of its UTF-8 unless told.
 * It draws no lines and no colours of its own and shows in the order in which it is stored.
 *
 * @example
 * visibleText('A\u001b[2K\u202e') // 'A\\1B[2K\\E2\\80\\AE'
 */
export function visibleText(text: string, write: (character: string) => string = escaped): string {
  return text.replace(invisible, write)
}

function escaped(character: string): string {
  return encodeHex(encodeUtf8(character)).toUpperCase().replace(/../g, '\\$&')
}
