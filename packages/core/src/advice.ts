import { isCccdError } from './errors/CccdError.js'

export type Language = 'vi' | 'en'

/** One text per code and language for the person at the counter: what happened, what to do now. */
export type Messages<Code extends string = string> = Readonly<Record<Code, Readonly<Record<Language, string>>>>

const unknown: Readonly<Record<Language, string>> = {
  vi: 'Có lỗi không xác định. Hãy thử lại; nếu vẫn lỗi, hãy báo cho bộ phận kỹ thuật.',
  en: 'An unexpected error happened. Try again; if it stays, tell the technical team.',
}

/**
 * The text for an error from tables of messages; earlier tables win, so a caller's own texts go first.
 * @example advise(error, 'vi', myTexts, messages)
 */
export function advise(error: unknown, language: Language, ...tables: readonly Partial<Messages>[]): string {
  if (isCccdError(error))
    for (const table of tables) {
      const entry = Object.hasOwn(table, error.code) ? table[error.code] : undefined
      if (entry !== undefined) return entry[language]
    }
  return unknown[language]
}
