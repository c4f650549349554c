import { byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import type { CurveName } from '../port.js'
import type { Slices } from '../Slices.js'
import { type CurvePoint, curvePoints } from './curvePoints.js'

/** One summand of {@link addMultiples}: the odd multiples 1, 3, 5, 7 of its point, and the digits of its scalar. */
interface Summand {
  readonly multiples: readonly CurvePoint[]
  readonly digits: readonly number[]
}

/**
 * u1 × generator + u2 × point for public scalars in [0, n-1], in slices: both share their doublings (Straus 1964). Not for secrets: its
 * steps follow the digits.
 */
export async function addMultiples(
  name: CurveName,
  u1: bigint,
  point: CurvePoint,
  u2: bigint,
  slices: Slices,
): Promise<CurvePoint> {
  const { ZERO, BASE } = curvePoints(name)
  const fieldLength = byteLength(curveParameters(name).p)
  const summands = [summand(BASE, u1), summand(point, u2)]
  let sum = ZERO
  for (let bit = Math.max(...summands.map(({ digits }) => digits.length)) - 1; bit >= 0; bit--) {
    sum = sum.double()
    let count = 1
    for (const { multiples, digits } of summands) {
      const digit = digits[bit] ?? 0
      if (digit === 0) continue
      const multiple = multiples[Math.abs(digit) >> 1] as CurvePoint
      sum = sum.add(digit < 0 ? multiple.negate() : multiple)
      count++
    }
    if (slices.points(count, fieldLength)) await slices.pause()
  }
  return sum
}

function summand(point: CurvePoint, scalar: bigint): Summand {
  const twice = point.double()
  const multiples = [point]
  while (multiples.length < 4) multiples.push((multiples[multiples.length - 1] as CurvePoint).add(twice))
  return { multiples, digits: nonAdjacentForm(scalar) }
}

/** Digits from the lowest: 0, or odd from -7 to 7 with three zeros after each (width-4 non-adjacent form). */
function nonAdjacentForm(scalar: bigint): number[] {
  const digits: number[] = []
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    let digit = 0
    if ((rest & 1n) === 1n) {
      digit = Number(rest & 0xfn)
      if (digit > 8) digit -= 16
      rest -= BigInt(digit)
    }
    digits.push(digit)
  }
  return digits
}
