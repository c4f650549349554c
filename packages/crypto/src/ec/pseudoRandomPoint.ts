import { curveParameters } from '../curves/curveParameters.js'
import type { CurveName } from '../port.js'
import { modInverse } from '../rsa/modInverse.js'
import { slicedModPow } from '../rsa/modPow.js'
import type { Slices } from '../Slices.js'
import { unsupported } from '../unsupported.js'
import { badPoint, type CurvePoint, curvePoints } from './curvePoints.js'

/**
 * The point encoding of the integrated mapping, in affine coordinates (Doc 9303-11 appendix B.2), for an element t of the field.
 * It exists for p ≡ 3 (mod 4) only, and has no answer for t in {-1, 0, 1}, where α + α² is 0.
 * @throws CryptoError `CRYPTO_UNSUPPORTED` for P-224; `CRYPTO_BAD_POINT` for a value without an answer
 */
export async function pseudoRandomPoint(name: CurveName, t: bigint, slices: Slices): Promise<CurvePoint> {
  const { p, a, b } = curveParameters(name)
  if (p % 4n !== 3n) throw unsupported('mapping')
  const field = (value: bigint): bigint => ((value % p) + p) % p
  const right = (x: bigint): bigint => field((x * x + a) * x + b)
  const alpha = field(-t * t)
  const inverse = modInverse(a * field(alpha + alpha * alpha), p)
  if (inverse === undefined) throw badPoint(name)
  // -b/a · (1 + 1/(α+α²)) over the one denominator a·(α+α²).
  const x2 = field(-b * (1n + alpha + alpha * alpha) * inverse)
  const x3 = field(alpha * x2)
  const h2 = right(x2)
  // h2^(-1/2) where h2 is a square: h2^(p-1-(p+1)/4).
  const root = await slicedModPow(h2, p - 1n - (p + 1n) / 4n, p, slices)
  const square = field(root * root * h2) === 1n
  const y = square ? root * h2 : root * field(t * t * t * h2)
  // The step [f](x, y) is left out: the cofactor of every curve here is 1.
  const point = curvePoints(name).fromAffine({ x: square ? x2 : x3, y: field(y) })
  point.assertValidity()
  return point
}
