import type { Language } from '@cccd/core'
import { en, type TextKey, type Texts } from './en.js'
import { vi } from './vi.js'

/** The text for a key, with `{name}` replaced from the parameters. */
export type Translate = (key: TextKey, parameters?: Readonly<Record<string, string | number>>) => string

const languages: Readonly<Record<Language, Texts>> = { en, vi }

export function translator(language: Language): Translate {
  const texts = languages[language]
  return (key, parameters = {}) => texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole))
}
