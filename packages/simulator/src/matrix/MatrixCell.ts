import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import type { MatrixPlace, MatrixVerdict } from './MatrixVerdict.js'
import { matrixAlgorithms } from './matrixAlgorithms.js'
import { type MatrixDefect, matrixDefects } from './matrixDefects.js'
import { type MatrixEncoding, matrixEncodings } from './matrixEncodings.js'

/** One issuer of the matrix. */
export interface MatrixCell {
  /** Of every key of the issuer, and how it signs. */
  readonly algorithm: KeyAlgorithm
  readonly encoding?: MatrixEncoding
  readonly defect?: MatrixDefect
  /** Where the defect is (default: the first place that {@link matrixDefects} has for it). */
  readonly place?: MatrixPlace
}

/** The place of a cell's defect and what must be said of it; undefined without a defect, or where the place cannot have it. */
export function verdictOfCell({
  defect,
  place,
}: MatrixCell): { readonly place: MatrixPlace; readonly verdict: MatrixVerdict } | undefined {
  if (defect === undefined) return undefined
  const places = Object.entries(matrixDefects[defect].places) as [MatrixPlace, MatrixVerdict][]
  const found = places.find(([name]) => place === undefined || name === place)
  return found && { place: found[0], verdict: found[1] }
}

/** Whether a cell can be: some ways and defects are of one algorithm alone, and not every defect can be everywhere. */
export function isMatrixCell(cell: MatrixCell): boolean {
  const { algorithm, encoding, defect, place } = cell
  if (defect === undefined && place !== undefined) return false
  if (defect !== undefined && verdictOfCell(cell) === undefined) return false
  const needs = [
    encoding === undefined ? undefined : matrixEncodings[encoding].only,
    defect === undefined ? undefined : matrixDefects[defect].only,
  ]
  return needs.every((need) => need === undefined || matrixAlgorithms[need](algorithm))
}
