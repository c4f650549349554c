import { CccdError, decodeUtf8, encodeUtf8 } from '@cccd/core'
import type { RandomSource } from '@cccd/crypto'
import { drawInteger } from '../random/draw.js'
import { demoLetters, demoMrzName, demoText } from './demoText.js'

/** Words that say nothing of a person, or that decide how others are read. */
const kept: ReadonlySet<string> = /* @__PURE__ */ new Set(['Nam', 'Nữ', 'Việt Nam', 'Không thời hạn', 'VNM', 'M', 'F', 'X', '<'])
/** No expiry, on the Vietnamese card. */
const never = '991231'
const datePatterns: readonly { readonly pattern: RegExp; readonly order: string }[] = [
  { pattern: /^(\d\d)([/.-]?)(\d\d)\2((?:19|20)\d\d)$/, order: 'dmy' },
  { pattern: /^((?:19|20)\d\d)([/.-]?)(\d\d)\2(\d\d)$/, order: 'ymd' },
]

/**
 * Replaces values by others of the same length and form, the same value by the same one everywhere. What is neither known, a date, nor
 * a number becomes a text that says DEMO, so that not even the lengths of its words stay.
 */
export class Disguise {
  readonly #random: RandomSource
  readonly #known = new Map<string, string>()
  readonly #days = new Map<string, string>()
  readonly #birthYears = new Map<string, string>()
  readonly #births = new Set<string>()

  constructor(random: RandomSource) {
    this.#random = random
  }

  /** What stands for a value from now on. */
  learn(value: string, substitute: string): void {
    if (value !== '' && !this.#known.has(value)) this.#known.set(value, substitute)
  }

  /** What stands for a value, when that is settled. */
  known(value: string): string | undefined {
    return this.#known.get(value)
  }

  /** All values that were replaced, to search the outcome for. */
  values(): readonly string[] {
    return [...this.#known.keys()]
  }

  /** What stands for a text that is a date: day, month and year or year, month and day. Undefined for any other text. */
  dated(text: string): string | undefined {
    for (const { pattern, order } of datePatterns) {
      const match = pattern.exec(text)
      if (match === null) continue
      const [, first = '', separator = '', second = '', third = ''] = match
      const [year, month, day] = order === 'dmy' ? [third, second, first] : [first, second, third]
      if (Number(month) > 12 || Number(day) > 31) continue
      const [newMonth, newDay] = pair(this.#day(month + day))
      const isBirth = this.#births.has(year.slice(2) + month + day)
      const newYear = isBirth ? year.slice(0, 2) + (this.#birthYears.get(year.slice(2)) ?? '') : year
      return (order === 'dmy' ? [newDay, newMonth, newYear] : [newYear, newMonth, newDay]).join(separator)
    }
    return undefined
  }

  /** YYMMDD of a birth: another year of the same century, another day. Fillers stay. */
  birth(date: string): string {
    this.#births.add(date)
    const year = date.slice(0, 2)
    if (/^\d\d$/.test(year) && !this.#birthYears.has(year)) {
      const [from, to] = Number(year) < 30 ? [1, 9] : [60, 99]
      this.#birthYears.set(
        year,
        this.#other(year, () => twoDigits(drawInteger(this.#random, from, to))),
      )
    }
    return (this.#birthYears.get(year) ?? year) + this.#day(date.slice(2))
  }

  /** YYMMDD of another date: the year stays, so that what was expired is. */
  date(date: string): string {
    return date === never ? date : date.slice(0, 2) + this.#day(date.slice(2))
  }

  /** Digits by digits, letters by letters; everything else stays. */
  characters(text: string): string {
    const found = this.#known.get(text)
    if (found !== undefined) return found
    const out = text.replace(/[0-9]/g, () => String(drawInteger(this.#random, 0, 9))).replace(/[A-Z]/g, () => this.#letter())
    if (out === text && /[0-9A-Z]/.test(text)) return this.characters(text)
    this.learn(text, out)
    return out
  }

  /** The name of an organisation: DEMO and letters at random, so that two names stay two. */
  organisation(text: string): string {
    const found = this.#known.get(text)
    if (found !== undefined) return found
    const rest = Math.max(0, text.length - 4)
    const out = `DEMO${Array.from({ length: rest }, () => this.#letter()).join('')}`.slice(0, text.length)
    this.learn(text, out)
    return out
  }

  /** A text of a file, as bytes of the same length. Undefined when the bytes are no text. */
  text(bytes: Uint8Array): Uint8Array | undefined {
    const text = textIn(bytes)
    if (text === undefined) return undefined
    return encodeUtf8(this.#substitute(text, bytes.length))
  }

  #substitute(text: string, length: number): string {
    if (text === '' || kept.has(text)) return text
    const found = this.#known.get(text)
    if (found !== undefined && encodeUtf8(found).length === length) return found
    const dated = this.dated(text)
    if (dated !== undefined) return dated
    if (/^(19|20)\d\d$/.test(text)) return text.slice(0, 2) + (this.#birthYears.get(text.slice(2)) ?? text.slice(2))
    if (/^[0-9A-Z<+/ .-]+$/.test(text) && /\d/.test(text)) return this.characters(text)
    if (text.includes('<<')) return demoMrzName(text.length)
    if (text.length === length) return demoLettersLike(text)
    return demoText(length, text === text.toUpperCase())
  }

  /** MMDD. */
  #day(day: string): string {
    if (!/^\d{4}$/.test(day)) return day
    const found = this.#days.get(day)
    if (found !== undefined) return found
    const draw = (): string => twoDigits(drawInteger(this.#random, 1, 12)) + twoDigits(drawInteger(this.#random, 1, 28))
    const out = this.#other(day, draw)
    this.#days.set(day, out)
    return out
  }

  #other(value: string, draw: () => string): string {
    for (;;) {
      const out = draw()
      if (out !== value) return out
    }
  }

  #letter(): string {
    return String.fromCharCode(65 + drawInteger(this.#random, 0, 25))
  }
}

/** Plain ASCII stays plain ASCII; its case stays. */
function demoLettersLike(text: string): string {
  const out = demoLetters(text.length)
  return text === text.toLowerCase() ? out.toLowerCase() : out
}

/** UTF-8 without control characters; undefined for anything else. */
function textIn(bytes: Uint8Array): string | undefined {
  if (bytes.some((byte) => byte < 0x20)) return undefined
  try {
    return decodeUtf8(bytes)
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function pair(text: string): [string, string] {
  return [text.slice(0, 2), text.slice(2)]
}
