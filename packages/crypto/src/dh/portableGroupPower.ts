import type { DhGroupName } from '../port.js'
import { slicedModPow } from '../rsa/modPow.js'
import type { Slices } from '../Slices.js'
import type { GroupPower } from './DhGroup.js'
import { dhGroupParameters } from './dhGroupParameters.js'

/** Exponentiation over BigInt. */
export function portableGroupPower(name: DhGroupName, slices: Slices): GroupPower {
  const { p } = dhGroupParameters(name)
  return (base, exponent) => slicedModPow(base, exponent, p, slices)
}
