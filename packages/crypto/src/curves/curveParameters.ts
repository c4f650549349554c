import type { CurveName } from '../port.js'
import { unsupported } from '../unsupported.js'
import { type CurveParameters, curveTable } from './curveTable.js'

/** The domain parameters of a named curve. @throws CryptoError `CRYPTO_UNSUPPORTED` for a name that is not a {@link CurveName} */
export function curveParameters(name: CurveName): CurveParameters {
  if (!Object.hasOwn(curveTable, name)) throw unsupported('curve')
  return curveTable[name]
}
