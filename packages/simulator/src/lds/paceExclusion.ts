import { type PaceOffer, paceOid, standardGroups } from './protocols.js'

/** Why the standard has no such way of PACE. */
export type PaceExclusion = 'no-such-parameters' | 'im-needs-p-3-mod-4' | 'cam-needs-ecdh' | 'cam-needs-aes'

/**
 * What excludes a combination: integrated mapping needs a prime that is 3 modulo 4, which that of P-224 is not (Doc 9303-11, appendix B);
 * chip-authentication mapping has identifiers for ECDH with AES only (9.2.1).
 */
export function paceExclusion(offer: PaceOffer): PaceExclusion | undefined {
  const group = standardGroups.get(offer.parameterId)
  if (group === undefined) return 'no-such-parameters'
  if (offer.mapping === 'IM' && group === 'P-224') return 'im-needs-p-3-mod-4'
  if (paceOid(offer) !== undefined) return undefined
  return offer.cipher === '3DES' ? 'cam-needs-aes' : 'cam-needs-ecdh'
}
