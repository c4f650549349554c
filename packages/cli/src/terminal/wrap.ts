import { unsealed } from './Look.js'

const escapeCharacter = String.fromCharCode(27)

/** Columns that a text takes: Vietnamese letters take one each, marks none, colours none. */
export function widthOf(text: string): number {
  const visible = unsealed(text, (part) => part)
    .split(escapeCharacter)
    .map((part, i) => (i === 0 ? part : part.replace(/^\[\d+m/, '')))
    .join('')
  return Array.from(visible.normalize('NFC').replace(/\p{M}/gu, '')).length
}

/** The text cut into lines of at most `width` columns, at spaces; a longer word keeps a line for itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line.trimEnd())
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines
}

/** The text with spaces behind it up to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** Wrapped text behind an indentation; the first line may begin with something else of the same width. */
export function indent(text: string, indentation: number, columns: number, first = ' '.repeat(indentation)): string[] {
  return wrap(text, columns - indentation).map((line, i) => (i === 0 ? first : ' '.repeat(indentation)) + line)
}
