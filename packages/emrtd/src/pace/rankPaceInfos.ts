import type { PaceInfo, SessionCipher } from '../lds/securityInfos.js'
import { paceMappings } from './paceMappings.js'
import { type PaceParameters, paceParameters } from './paceParameters.js'

/** An offer of the chip that this SDK can take up. */
export interface PaceOffer {
  readonly info: PaceInfo
  readonly parameters: PaceParameters
}

const cipherOrder: readonly SessionCipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']

/**
 * The PACE offers that are implemented, best first. In this order: parameters that are not deprecated, the mapping (chip
 * authentication, then integrated and generic alike), the longer session key, the larger field, the chip's own order. Offers
 * without or with unknown parameters, and mappings and agreements that are not implemented, are left out.
 */
export function rankPaceInfos(infos: readonly PaceInfo[]): PaceOffer[] {
  const offers = infos.flatMap((info) => {
    const parameters = info.parameterId === undefined ? undefined : paceParameters.get(info.parameterId)
    if (parameters === undefined || parameters.agreement !== info.agreement || info.agreement !== 'ECDH') return []
    return paceMappings[info.mapping] === undefined ? [] : [{ info, parameters }]
  })
  return offers.sort((a, b) => {
    const [left, right] = [weight(a), weight(b)]
    return right.map((value, at) => value - (left[at] as number)).find((difference) => difference !== 0) ?? 0
  })
}

function weight({ info, parameters }: PaceOffer): readonly number[] {
  return [
    parameters.deprecated === true ? 0 : 1,
    info.mapping === 'CAM' ? 1 : 0,
    cipherOrder.indexOf(info.cipher),
    parameters.bits,
  ]
}
