import type { CurvePoint } from './curvePoints.js'

/** The entry of a table at a secret place: every entry is touched. */
export function select(table: readonly CurvePoint[], index: number): CurvePoint {
  let selected = table[0] as CurvePoint
  for (let i = 1; i < table.length; i++) selected = i === index ? (table[i] as CurvePoint) : selected
  return selected
}
