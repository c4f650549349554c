import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { groupOf } from '../chip/groupOf.js'
import { SimulatorError } from '../errors.js'
import { type PaceExclusion, paceExclusion } from '../lds/paceExclusion.js'
import { agreementOf, type ChipAuthenticationOffer, type GroupName, type PaceOffer, standardGroups } from '../lds/protocols.js'
import type { ChipKey } from './CardImage.js'

/**
 * @throws SimulatorError `SIMULATOR_UNSUPPORTED` for a way of PACE that the standard excludes, with the reason in `params`, and for
 * offers that a chip could not tell apart
 */
export function assertPaceOffers(offers: readonly PaceOffer[]): void {
  for (const offer of offers) {
    const reason: PaceExclusion | undefined = paceExclusion(offer)
    if (reason !== undefined)
      throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'the standard has no such PACE', {
        params: { reason, parameterId: offer.parameterId, mapping: offer.mapping ?? 'GM', cipher: offer.cipher },
      })
    if (offer.explicitId !== undefined && (offer.explicitId < 32 || offer.explicitId > 127))
      throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'numbers of explicit parameters are 32 to 127', {
        params: { reason: 'explicit-id', explicitId: offer.explicitId },
      })
  }
}

/** Keys for Chip Authentication, and one for each set of parameters that chip-authentication mapping is offered with. */
export async function chipKeys(
  offers: readonly ChipAuthenticationOffer[],
  pace: readonly PaceOffer[],
  { crypto, random }: { readonly crypto: CryptoPort; readonly random: RandomSource },
): Promise<ChipKey[]> {
  const pair = async (name: GroupName): Promise<Pick<ChipKey, 'group' | 'publicKey' | 'secret'>> => {
    const group = groupOf(crypto, name)
    const secret = group.randomScalar(random)
    return { group: name, publicKey: await group.publicKey(secret), secret }
  }
  const keys: ChipKey[] = []
  for (const { cipher, group, keyId, info } of offers)
    keys.push({
      use: 'chip-authentication',
      cipher,
      ...(await pair(group)),
      ...(keyId !== undefined && { keyId }),
      ...(info === false && { listedAlone: true }),
    })
  for (const { mapping, parameterId, explicitId = parameterId } of pace) {
    const group = standardGroups.get(parameterId)
    if (mapping !== 'CAM' || group === undefined || agreementOf(group) === 'DH') continue
    if (keys.some(({ use, keyId }) => use === 'mapping' && keyId === explicitId)) continue
    keys.push({ use: 'mapping', ...(await pair(group)), keyId: explicitId })
  }
  return keys
}
