import { type CurveName, curveNames } from '../port.js'
import { curveTable } from './curveTable.js'

/**
 * The curve of a namedCurve OBJECT IDENTIFIER (RFC 5480 2.1.1.1, RFC 5639 section 4.1), or undefined.
 * @example curveByOid('1.3.36.3.3.2.8.1.1.11') // 'brainpoolP384r1'
 */
export function curveByOid(oid: string): CurveName | undefined {
  return curveNames.find((name) => curveTable[name].oid === oid)
}
