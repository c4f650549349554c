import { assertBytes } from '@cccd/core'
import { type WeierstrassPoint, type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { CryptoError } from '../CryptoError.js'
import { byteLength } from '../curves/bits.js'
import { curveParameters } from '../curves/curveParameters.js'
import type { CurveName } from '../port.js'

export type CurvePoint = WeierstrassPoint<bigint>

const constructors = new Map<CurveName, WeierstrassPointCons<bigint>>()

/** The point arithmetic of a curve, made when first asked for: its tables cost time and memory that most cards never need. */
export function curvePoints(name: CurveName): WeierstrassPointCons<bigint> {
  const known = constructors.get(name)
  if (known !== undefined) return known
  const { p, a, b, gx, gy, n, h } = curveParameters(name)
  const made = weierstrass({ p, n, h, a, b, Gx: gx, Gy: gy })
  constructors.set(name, made)
  return made
}

/**
 * A point on the curve, not infinity, from its uncompressed encoding (the only one that Doc 9303-11 and -12 allow).
 * @throws CryptoError `CRYPTO_BAD_POINT`
 */
export function decodePoint(name: CurveName, encoded: Uint8Array): CurvePoint {
  assertUncompressed(name, encoded)
  try {
    return curvePoints(name).fromBytes(encoded)
  } catch (cause) {
    throw badPoint(name, cause)
  }
}

/** Length and first byte; whether the point is on the curve is seen by whoever computes with it. @throws CryptoError `CRYPTO_BAD_POINT` */
export function assertUncompressed(name: CurveName, encoded: Uint8Array): void {
  assertBytes(encoded, 'point')
  const fieldLength = byteLength(curveParameters(name).p)
  if (encoded.length !== 1 + 2 * fieldLength || encoded[0] !== 0x04) throw badPoint(name)
}

/** Uncompressed encoding. @throws CryptoError `CRYPTO_BAD_POINT` for the point at infinity */
export function encodePoint(name: CurveName, point: CurvePoint): Uint8Array {
  if (point.is0()) throw badPoint(name)
  return point.toBytes(false)
}

export function badPoint(name: CurveName, cause?: unknown): CryptoError {
  return new CryptoError('CRYPTO_BAD_POINT', 'not a point of the curve in uncompressed form', { params: { curve: name }, cause })
}
