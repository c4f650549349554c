import type { Language } from '@cccd/core'
import type { Io } from '../Io.js'

/** The locale that POSIX programs would take: LC_ALL, then LC_MESSAGES, then LANG; the system's own where none is set. */
export function localeOf(io: Pick<Io, 'env' | 'systemLocale' | 'platform'>): string {
  for (const name of ['LC_ALL', 'LC_MESSAGES', 'LANG']) {
    const value = io.env[name]
    if (value !== undefined && value !== '') return value
  }
  return io.platform === 'win32' || io.platform === 'darwin' ? io.systemLocale : 'C'
}

/** Vietnamese where the locale says so, else English. */
export function detectLanguage(io: Pick<Io, 'env' | 'systemLocale' | 'platform'>): Language {
  return /^vi([^a-z]|$)/i.test(localeOf(io)) ? 'vi' : 'en'
}
