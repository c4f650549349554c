import type { Pause } from '../pause.js'
import type { DhGroupName } from '../port.js'
import { modPow } from '../rsa/modPow.js'
import type { GroupPower } from './DhGroup.js'
import { dhGroupParameters } from './dhGroupParameters.js'

/** Exponentiation over BigInt. */
export function portableGroupPower(name: DhGroupName, pause: Pause): GroupPower {
  const { p } = dhGroupParameters(name)
  return async (base, exponent) => {
    await pause()
    return modPow(base, exponent, p)
  }
}
