import { byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import type { CurveName } from '../port.js'
import type { Slices } from '../Slices.js'
import { blindScalar } from './blindScalar.js'
import { type CurvePoint, curvePoints } from './curvePoints.js'
import { select } from './select.js'

const windowBits = 4

/**
 * scalar × point for a secret scalar in [1, n-1], in slices. Blinded, by fixed windows with four doublings and one addition in each,
 * whatever the scalar: the formulas are complete, and the table entry is looked for in the whole table.
 */
export async function multiplyPoint(name: CurveName, point: CurvePoint, scalar: bigint, slices: Slices): Promise<CurvePoint> {
  const { p, n } = curveParameters(name)
  const { ZERO } = curvePoints(name)
  const fieldLength = byteLength(p)
  const { value, bits } = blindScalar(n, scalar)
  const table = [ZERO]
  for (let multiple = 1; multiple < 1 << windowBits; multiple++) table.push((table[multiple - 1] as CurvePoint).add(point))
  if (slices.points(table.length, fieldLength)) await slices.pause()
  let product = ZERO
  for (let window = Math.ceil(bits / windowBits) - 1; window >= 0; window--) {
    product = product.double().double().double().double()
    const digit = Number((value >> BigInt(window * windowBits)) & 0xfn)
    product = product.add(select(table, digit))
    if (slices.points(windowBits + 1, fieldLength)) await slices.pause()
  }
  return product
}
