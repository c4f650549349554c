import type { Context } from '../Context.js'
import { en, type TextKey } from '../i18n/en.js'
import { paint } from './Look.js'
import { terminalText } from './terminalText.js'
import { pad } from './wrap.js'

export interface ProgressEvent {
  readonly step: string
  readonly file?: string
  readonly bytesRead?: number
  readonly bytesTotal?: number
}

export interface Progress {
  update(event: ProgressEvent): void
  /** Wipes the bar. */
  end(): void
}

const barWidth = 24

/** A bar on standard error, only where a person looks at it and no JSON was asked for. */
export function progressBar(context: Context): Progress {
  const { io, errorLook: look } = context
  if (!io.stderr.isTTY || context.json) return { update: () => {}, end: () => {} }
  let shown = ''
  return {
    update({ step, file, bytesRead, bytesTotal }) {
      const share = bytesTotal === undefined || bytesTotal === 0 ? undefined : Math.min(1, (bytesRead ?? 0) / bytesTotal)
      const filled = Math.round((share ?? 0) * barWidth)
      const bar = share === undefined ? '' : `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${Math.floor(share * 100)}%`
      const key = `step.${step}`
      const text = bar === '' ? `  ${isText(key) ? context.t(key) : step} …` : `  ${pad(file ?? step, 6)} ${bar}`
      if (text === shown) return
      shown = text
      io.stderr.write(`\r\u001b[2K${terminalText(paint(look, 'cyan', text), look)}`)
    },
    end() {
      if (shown !== '') io.stderr.write('\r\u001b[2K')
      shown = ''
    },
  }
}

/** Steps of a later version have no words yet. */
function isText(key: string): key is TextKey {
  return Object.hasOwn(en, key)
}
