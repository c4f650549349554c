import type { Finding } from '@cccd/core'
import { MrzError } from './errors.js'
import { layouts, type MrzLayout, type Span, textAt } from './layouts.js'
import { wrongCheckDigits } from './wrongCheckDigits.js'

/** Lines as a camera meant them, and what was changed: positions and fields, never characters. */
export interface RepairedMrz {
  readonly lines: readonly string[]
  /** `mrz-character-repaired`, `mrz-length-repaired`; `data.line` and `data.position` from 1. */
  readonly findings: readonly Finding<'mrz-character-repaired' | 'mrz-length-repaired'>[]
}

/**
 * Undoes what optical readers commonly do to an MRZ: blanks, small letters, `«` for `<<`, fillers lost or doubled, letters
 * for digits in numeric fields and the other way round, `K` and `C` for fillers, look-alikes in a document number where exactly one
 * replacement makes all its check digits right.
 *
 * The result is a guess: parse it, which checks every digit, and show the findings.
 *
 * @throws MrzError `MRZ_FORMAT` when the text has not the shape of an MRZ
 * @example
 * parseMrz(repairMrz('IDVNMO90000123300109OOOO123<<4\n9008157M3008155VNM<<<<<<<<<<<0\nNGUYEN<<VAN<THU<<<<<K<<<<<<<<<').lines)
 */
export function repairMrz(input: string | readonly string[]): RepairedMrz {
  const text = typeof input === 'string' ? input : input.slice(0, 4).join('\n')
  if (text.length > 400) throw shapeless()
  const raw = text
    .toUpperCase()
    .replace(/«/g, '<<')
    .replace(/[‹〈(]/g, '<')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\s.]/g, ''))
    .filter((line) => line !== '')
  const layout = nearestLayout(raw)
  const findings: RepairedMrz['findings'][number][] = []
  const lines = raw.map((line, index) => {
    const fitted = fitLength(line, layout.lineLength)
    if (fitted !== line) findings.push({ code: 'mrz-length-repaired', severity: 'warning', data: { line: index + 1 } })
    return fitted
  })
  const before = [...lines]
  for (const { span, alphabet } of alphabets(layout)) replaceAt(lines, span, (text) => inAlphabet(text, alphabet))
  repairVietnamese(lines, layout)
  replaceAt(lines, layout.name, fillersAfterName)
  repairDocumentNumber(lines, layout)
  for (const [index, line] of lines.entries())
    for (let i = 0; i < line.length; i++)
      if (line.charAt(i) !== before[index]?.charAt(i))
        findings.push({
          code: 'mrz-character-repaired',
          severity: 'warning',
          field: fieldAt(layout, index, i),
          data: { line: index + 1, position: i + 1 },
        })
  return { lines, findings }
}

function shapeless(): MrzError {
  return new MrzError('MRZ_FORMAT', 'the text has not the shape of an MRZ')
}

/** How many fillers a line may have lost or gained. */
const tolerance = 4

function nearestLayout(lines: string[]): MrzLayout {
  const [only] = lines
  if (lines.length === 1 && only !== undefined) {
    const length = { 90: 30, 72: 36, 88: 44 }[only.length]
    if (length !== undefined) lines.splice(0, 1, ...(only.match(new RegExp(`.{${length}}`, 'g')) ?? []))
  }
  const longest = Math.max(0, ...lines.map((line) => line.length))
  const visa = lines[0]?.startsWith('V') === true
  const near = layouts.find(
    ({ format, lineCount, lineLength }) =>
      lines.length === lineCount &&
      format.startsWith('MRV') === visa &&
      Math.abs(longest - lineLength) < tolerance &&
      lines.every((line) => Math.abs(line.length - lineLength) <= tolerance),
  )
  if (near === undefined) throw shapeless()
  return near
}

/** Adds fillers to, or takes them from, the longest run of fillers: the only place where readers lose count. */
function fitLength(line: string, length: number): string {
  if (line.length === length) return line
  const longest = (line.match(/<+/g) ?? []).reduce((best, run) => (run.length > best.length ? run : best), '')
  const wanted = longest.length + length - line.length
  if (longest.length < 2 || wanted < 1) throw shapeless()
  return line.replace(longest, '<'.repeat(wanted))
}

const toDigit: ReadonlyMap<string, string> = /* @__PURE__ */ pairs('O0 Q0 D0 U0 I1 L1 T1 Z2 A4 S5 G6 B8')
const toLetter: ReadonlyMap<string, string> = /* @__PURE__ */ pairs('0O 1I 2Z 4A 5S 6G 8B')
const toFiller: ReadonlyMap<string, string> = /* @__PURE__ */ pairs('K< C< E< L< S< (<')

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]))
}

type Alphabet = 'digits' | 'letters' | 'fillers'

function inAlphabet(text: string, alphabet: Alphabet): string {
  const map = { digits: toDigit, letters: toLetter, fillers: toFiller }[alphabet]
  return text.replace(/./g, (character) => map.get(character) ?? character)
}

function alphabets(layout: MrzLayout): { span: Span; alphabet: Alphabet }[] {
  const digits = [extended(layout.dateOfBirth), extended(layout.dateOfExpiry), layout.composite]
  const letters: Span[] = [[0, 0, 1], [0, 2, 5], layout.nationality, layout.name]
  return [
    ...digits.filter((span) => span !== undefined).map((span) => ({ span, alphabet: 'digits' as const })),
    ...letters.map((span) => ({ span, alphabet: 'letters' as const })),
  ]
}

/** A field with its check digit. */
function extended([line, start, end]: Span): Span {
  return [line, start, end + 1]
}

function replaceAt(lines: string[], [line, start, end]: Span, change: (text: string) => string): void {
  const old = lines[line] ?? ''
  lines[line] = old.slice(0, start) + change(old.slice(start, end)) + old.slice(end)
}

/** The Vietnamese card has nothing but digits in its numbers, and fillers in the rest of the optional data. */
function repairVietnamese(lines: string[], layout: MrzLayout): void {
  if (layout.format !== 'TD1' || textAt(lines, [0, 2, 5]) !== 'VNM') return
  replaceAt(lines, [0, 1, 2], (text) => inAlphabet(text, 'letters').replace('O', 'D'))
  replaceAt(lines, [0, 5, 27], (text) => inAlphabet(text, 'digits'))
  replaceAt(lines, [0, 27, 29], (text) => inAlphabet(text, 'fillers'))
  replaceAt(lines, [0, 29, 30], (text) => inAlphabet(text, 'digits'))
  replaceAt(lines, [1, 18, 29], (text) => inAlphabet(text, 'fillers'))
}

/** After the name only fillers follow: letters that look like one, alone or in a row, are. */
function fillersAfterName(name: string): string {
  const end = /^[A-Z<]*?(?:<<<|[A-Z]<<[A-Z<]*?[A-Z]<<)/.exec(name)?.[0].length
  if (end === undefined) return name
  const rest = name.slice(end)
  return /^[<KCELS]*$/.test(rest) ? name.slice(0, end) + inAlphabet(rest, 'fillers') : name
}

/** Not 1 and L, nor 6 and G: they weigh the same, so that no check digit tells them apart. */
const lookAlikes = ['0OQD', '1I', '2Z', '5S', '8B'] as const

/** Tries every single look-alike in the document number; takes the one, if only one, that leaves no check digit of it wrong. */
function repairDocumentNumber(lines: string[], layout: MrzLayout): void {
  const readable = lines.every((text) => /^[A-Z0-9<]+$/.test(text))
  if (!readable || !wrongCheckDigits(lines, layout).includes('documentNumber')) return
  const [line, start] = layout.documentNumber
  const found: string[] = []
  for (let i = start; i <= start + 9; i++) {
    const old = lines[line] ?? ''
    for (const group of lookAlikes.filter((one) => one.includes(old.charAt(i))))
      for (const other of group) {
        if (other === old.charAt(i)) continue
        const changed = old.slice(0, i) + other + old.slice(i + 1)
        const still = wrongCheckDigits(
          lines.map((text, index) => (index === line ? changed : text)),
          layout,
        )
        if (!still.includes('documentNumber') && !still.includes('composite')) found.push(changed)
      }
  }
  const [unique] = found
  if (found.length === 1 && unique !== undefined) lines[line] = unique
}

function fieldAt(layout: MrzLayout, line: number, column: number): string {
  const named: readonly (readonly [string, Span | undefined])[] = [
    ['documentCode', [0, 0, 2]],
    ['issuingState', [0, 2, 5]],
    ['name', layout.name],
    ['documentNumber', extended(layout.documentNumber)],
    ['nationality', layout.nationality],
    ['dateOfBirth', extended(layout.dateOfBirth)],
    ['sex', layout.sex],
    ['dateOfExpiry', extended(layout.dateOfExpiry)],
    ['optionalData', layout.optionalData],
    ['optionalData2', layout.optionalData2],
    ['composite', layout.composite],
  ]
  return named.find(([, span]) => span && span[0] === line && column >= span[1] && column < span[2])?.[0] ?? 'optionalData'
}
