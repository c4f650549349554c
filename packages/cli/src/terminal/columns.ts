import { pad, widthOf, wrap } from './wrap.js'

/** Rows of two columns, the first as wide as its longest cell, the second wrapped beside it. */
export function columns(rows: readonly (readonly [string, string])[], width: number, margin = 2): string[] {
  const widest = Math.min(Math.max(0, ...rows.map(([cell]) => widthOf(cell))), Math.floor(width / 2))
  const indentation = margin + widest + 2
  return rows.flatMap(([label, value]) =>
    wrap(value, Math.max(20, width - indentation)).map(
      (line, i) => (i === 0 ? `${' '.repeat(margin)}${pad(label, widest)}  ` : ' '.repeat(indentation)) + line,
    ),
  )
}
