import { normalizeZ } from '@noble/curves/abstract/curve.js'
import { bitLength, byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import type { CurveName } from '../port.js'
import type { Slices } from '../Slices.js'
import { blindBits, blindScalar } from './blindScalar.js'
import { type CurvePoint, curvePoints } from './curvePoints.js'
import { multiplyPoint } from './multiplyPoint.js'
import { select } from './select.js'

const windowBits = 6
const half = 2 ** (windowBits - 1)

/** For each window w the multiples 1 to 32 of 2^(6w) · G. */
type GeneratorTable = readonly (readonly CurvePoint[])[]

const uses = new Map<CurveName, number>()
const tables = new Map<CurveName, GeneratorTable>()
/** A table costs as much as four multiplications and saves most of each one after; reading one card takes three. */
const usesBeforeTable = 8

/** scalar × generator for a secret scalar in [1, n-1], in slices; from a table once there have been enough of them to pay for it. */
export async function multiplyGenerator(name: CurveName, scalar: bigint, slices: Slices): Promise<CurvePoint> {
  const before = uses.get(name) ?? 0
  uses.set(name, before + 1)
  if (before < usesBeforeTable) return multiplyPoint(name, curvePoints(name).BASE, scalar, slices)
  let table = tables.get(name)
  if (table === undefined) {
    table = await makeTable(name, slices)
    tables.set(name, table)
  }
  return multiplyByTable(name, table, scalar, slices)
}

async function makeTable(name: CurveName, slices: Slices): Promise<GeneratorTable> {
  const { p, n } = curveParameters(name)
  const points = curvePoints(name)
  // One window more takes the carry of the signed digits.
  const windows = Math.ceil((bitLength(n) + blindBits) / windowBits) + 1
  const table: CurvePoint[][] = []
  let base = points.BASE
  for (let window = 0; window < windows; window++) {
    const multiples = [base]
    while (multiples.length < half) multiples.push((multiples[multiples.length - 1] as CurvePoint).add(base))
    table.push(normalizeZ(points, multiples))
    base = (multiples[half - 1] as CurvePoint).double()
    if (slices.points(half + 8, byteLength(p))) await slices.pause()
  }
  return table
}

/** One addition in each window: to the product, or for a digit of 0 to a sum that nobody wants. */
async function multiplyByTable(name: CurveName, table: GeneratorTable, scalar: bigint, slices: Slices): Promise<CurvePoint> {
  const { p, n } = curveParameters(name)
  const fieldLength = byteLength(p)
  let { value } = blindScalar(n, scalar)
  const { ZERO, BASE } = curvePoints(name)
  let [product, unwanted] = [ZERO, BASE]
  for (const multiples of table) {
    let digit = Number(value & 0x3fn)
    value >>= 6n
    if (digit > half) {
      digit -= 2 * half
      value += 1n
    }
    const multiple = select(multiples, Math.abs(digit) - 1)
    const negative = multiple.negate()
    if (digit === 0) unwanted = unwanted.add(multiple)
    else product = product.add(digit < 0 ? negative : multiple)
    if (slices.points(1, fieldLength)) await slices.pause()
  }
  return product
}
