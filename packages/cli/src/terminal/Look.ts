import { encodeHex } from '@cccd/core'
import type { Io, Output } from '../Io.js'
import { localeOf } from '../i18n/detectLanguage.js'

export type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** What the terminal can show. */
export interface Look {
  readonly columns: number
  /** Letters with diacritics. */
  readonly letters: boolean
  /** Check marks, bars and lines. */
  readonly symbols: boolean
  readonly colour: boolean
}

const modernWindows = ['WT_SESSION', 'TERM_PROGRAM', 'ConEmuTask', 'TERMINUS_SUBLIME', 'CI']

/**
 * What can be shown on an output. Under POSIX the character set of the locale decides; the Windows console takes any letter,
 * but only newer ones have fonts with check marks. `NO_COLOR` and `FORCE_COLOR` are kept.
 */
export function lookOf(io: Io, output: Output): Look {
  const windows = io.platform === 'win32'
  const locale = ['LC_ALL', 'LC_CTYPE', 'LANG'].map((name) => io.env[name]).find((value) => value !== undefined && value !== '')
  const utf8 = locale === undefined ? io.platform === 'darwin' : /utf-?8/i.test(locale)
  const symbols = windows ? modernWindows.some((name) => io.env[name] !== undefined) || /utf-?8/i.test(localeOf(io)) : utf8
  const forced = io.env.FORCE_COLOR !== undefined && io.env.FORCE_COLOR !== '0'
  const colour = forced || (output.isTTY && !io.env.NO_COLOR && io.env.TERM !== 'dumb')
  // A status at the far end of a wide window is hard to follow back to its line.
  const columns = Math.min(Math.max(output.columns ?? (Number(io.env.COLUMNS) || 80), 40), 100)
  return { columns, letters: windows || utf8, symbols, colour }
}

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  green: [32, 39],
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
}

/** A colour within a line, as no text of somebody else can name it: text in which that could be guessed would paint itself as passed. */
const seal = /* @__PURE__ */ encodeHex(/* @__PURE__ */ globalThis.crypto.getRandomValues(new Uint8Array(8)))
const sealed = /* @__PURE__ */ new RegExp(`\ufdd0${seal}(\\d{1,2})\ufdd1`)

/** Text in a colour, where the terminal has colours. */
export function paint(look: Look, colour: Colour | undefined, text: string): string {
  if (!look.colour || colour === undefined || text === '') return text
  const [on, off] = codes[colour]
  return `\ufdd0${seal}${on}\ufdd1${text}\ufdd0${seal}${off}\ufdd1`
}

/** A painted line for the terminal: colours as its codes, all that stands between them through `show`. */
export function unsealed(line: string, show: (text: string) => string): string {
  return line
    .split(sealed)
    .map((part, index) => (index % 2 === 0 ? show(part) : `\u001b[${part}m`))
    .join('')
}
