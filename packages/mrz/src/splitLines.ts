import { MrzError } from './errors.js'

const maxLength = 200
/** Of a line, by the length of all lines together. */
const lineLengths: ReadonlyMap<number, number> = /* @__PURE__ */ new Map([
  [90, 30],
  [72, 36],
  [88, 44],
])

/** The lines of an MRZ, from lines or one text with or without line breaks; characters checked. */
export function splitLines(input: string | readonly string[]): string[] {
  const given = typeof input === 'string' ? [input] : input
  if (!Array.isArray(given) || given.some((line) => typeof line !== 'string')) throw new TypeError('input must be text or lines')
  const text = given.slice(0, 4).join('\n')
  if (text.length > maxLength || given.length > 3) throw new MrzError('MRZ_FORMAT', 'longer than an MRZ')
  const parts = text.split(/\r\n|\r|\n/).filter((line) => line !== '')
  const lines = parts.length === 1 ? cutUp(parts[0] ?? '') : parts
  for (const [index, line] of lines.entries()) {
    const position = line.search(/[^A-Z0-9<]/)
    if (position >= 0)
      throw new MrzError('MRZ_CHARACTER', 'only A–Z, 0–9 and < stand in an MRZ', {
        params: { line: index + 1, position: position + 1 },
      })
  }
  return lines
}

/** DG1 has the lines one after the other (Doc 9303-10, 4.7.1). */
function cutUp(text: string): string[] {
  const length = lineLengths.get(text.length)
  if (length === undefined) return [text]
  const lines: string[] = []
  for (let at = 0; at < text.length; at += length) lines.push(text.slice(at, at + length))
  return lines
}
