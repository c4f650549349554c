import type { Look } from './Look.js'

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
