import { bytesToBigInt } from '@cccd/core'
import { type CurveName, curveNames } from '../port.js'
import { byteLength } from './bits.js'
import { type CurveParameters, curveTable } from './curveTable.js'

/** SpecifiedECDomain of a certificate or a chip (SEC 1 C.2): every number as it stands there. */
export interface ExplicitCurve {
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
  /** The generator as encoded: uncompressed (04 | x | y) or compressed (02 or 03 | x). */
  readonly G: Uint8Array
  readonly n: bigint
  /** The cofactor: OPTIONAL in the ASN.1, mandatory in Doc 9303-12 and BSI TR-03111, and in every certificate of the master lists. */
  readonly h?: bigint
}

/**
 * The named curve that explicit parameters are, or undefined. Every parameter must be there and be equal, the generator too: parameters
 * that differ in the generator alone let anybody forge signatures under a known public key (CVE-2020-0601).
 * @example matchCurve({ p, a, b, G, n, h }) // 'brainpoolP512r1'
 */
export function matchCurve(explicit: ExplicitCurve): CurveName | undefined {
  return curveNames.find((name) => {
    const known = curveTable[name]
    return (
      explicit.p === known.p &&
      explicit.a === known.a &&
      explicit.b === known.b &&
      explicit.n === known.n &&
      explicit.h === known.h &&
      isGenerator(explicit.G, known)
    )
  })
}

function isGenerator(encoded: Uint8Array, { p, gx, gy }: CurveParameters): boolean {
  const length = byteLength(p)
  const x = bytesToBigInt(encoded.subarray(1, 1 + length))
  if (encoded[0] === 0x04)
    return encoded.length === 1 + 2 * length && x === gx && bytesToBigInt(encoded.subarray(1 + length)) === gy
  return encoded.length === 1 + length && encoded[0] === ((gy & 1n) === 0n ? 0x02 : 0x03) && x === gx
}
