/**
 * Letters that do not decompose into A–Z and a mark, with what Doc 9303-3 section 6.A writes for them. Đ is D (Vietnam).
 */
const special: ReadonlyMap<string, string> = /* @__PURE__ */ (() =>
  new Map(
    'ĐD đD ÐD ðD ØOE øOE ÆAE æAE ŒOE œOE ßSS ẞSS ÞTH þTH ŁL łL ĦH ħH ŊN ŋN ĸQ ıI ŦT ŧT'
      .split(' ')
      .map((pair) => [pair.charAt(0), pair.slice(1)]),
  ))()

/** Apostrophes, which an MRZ leaves out (Doc 9303-3, 4.6). */
const omitted = "'’ʼ`"

/**
 * A name in the letters of an MRZ: capital A–Z, one blank between words; diacritics dropped, Đ as D, hyphens as blanks,
 * apostrophes and full stops left out.
 *
 * @returns undefined when a character has no such form (digits, other scripts)
 * @example
 * foldName('Đặng Hoàng Ước Lượng') // 'DANG HOANG UOC LUONG'
 */
export function foldName(name: string): string | undefined {
  let out = ''
  for (const character of name.normalize('NFD')) {
    if (character >= '\u0300' && character <= '\u036f') continue
    if ((character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z')) out += character
    else if (/[\s,-]/.test(character)) out += ' '
    else if (omitted.includes(character) || character === '.') continue
    else {
      const letters = special.get(character)
      if (letters === undefined) return undefined
      out += letters
    }
  }
  return out.toUpperCase().replace(/ +/g, ' ').trim()
}
