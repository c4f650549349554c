import { visibleText } from '@cccd/core'
import { type Look, unsealed } from './Look.js'

const plain: Readonly<Record<string, string>> = {
  '✓': '+',
  '✗': 'x',
  '–': '-',
  '—': '-',
  '…': '...',
  '→': '->',
  '×': 'x',
  '≥': '>=',
  '•': '*',
  '·': '-',
  '─': '-',
  '█': '#',
  '░': '.',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
}

/** Text as this terminal can show it: signs without a font become ASCII, letters lose their marks (`đ` becomes `d`). */
export function toAscii(text: string, look: Pick<Look, 'letters' | 'symbols'>): string {
  let out = text.replaceAll('\u00a0', ' ')
  if (!look.symbols) out = out.replace(/[✓✗–—…→×≥•·─█░“”‘’]/gu, (sign) => plain[sign] ?? '?')
  if (!look.letters)
    out = out
      .replace(/[đĐ]/gu, (letter) => (letter === 'đ' ? 'd' : 'D'))
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[\u{80}-\u{10FFFF}]/gu, '?')
  return out
}

/**
 * A line as it goes to this terminal. Whatever is in it that does not show, or moves what does, is written as a code: cards, certificates, traces and
 * file names are other people's text. Only the colours of `paint` are colours.
 */
export function terminalText(line: string, look: Pick<Look, 'letters' | 'symbols'>): string {
  return toAscii(unsealed(line, visibleText), look)
}
