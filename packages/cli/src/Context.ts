import type { Language } from '@cccd/core'
import type { Io } from './Io.js'
import type { Translate } from './i18n/translate.js'
import { type Colour, type Look, paint } from './terminal/Look.js'
import { terminalJson } from './terminal/terminalJson.js'
import { terminalText } from './terminal/terminalText.js'

/** What a command is given: the outside world, the language, and how to speak. */
export interface Context {
  readonly io: Io
  readonly language: Language
  readonly json: boolean
  readonly t: Translate
  readonly look: Look
  readonly errorLook: Look
  /** A line for the reader of the result. Silent under `--json`. */
  say(line?: string): void
  /** A line beside the result, on standard error. Silent under `--json`. */
  note(line: string): void
  /** The one JSON object of `--json`. Silent without it. */
  result(value: object): void
  paint(colour: Colour | undefined, text: string): string
}

/** A {@link Context} over an {@link Io}. */
export function createContext(base: Pick<Context, 'io' | 'language' | 'json' | 't' | 'look' | 'errorLook'>): Context {
  const { io, json, look, errorLook } = base
  return {
    ...base,
    say: (line = '') => {
      if (!json) io.stdout.write(`${terminalText(line, look)}\n`)
    },
    note: (line) => {
      if (!json) io.stderr.write(`${terminalText(line, errorLook)}\n`)
    },
    result: (value) => {
      if (json) io.stdout.write(`${terminalJson(value)}\n`)
    },
    paint: (colour, text) => paint(look, colour, text),
  }
}
