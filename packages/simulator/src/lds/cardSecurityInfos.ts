import { securityInfos } from '../asn1/securityInfos.js'
import type { ChipKey } from '../card/CardImage.js'
import { chipKeyInfos, paceInfos, terminalAuthenticationInfo } from './cardAccess.js'
import type { PaceOffer } from './protocols.js'

/** The SecurityInfos that EF.CardSecurity signs: everything of EF.CardAccess and the chip's public keys (Doc 9303-11, 9.2.11). */
export function cardSecurityInfos(pace: readonly PaceOffer[], keys: readonly ChipKey[]): Uint8Array {
  return securityInfos(terminalAuthenticationInfo(), ...paceInfos(pace), ...keys.flatMap((key) => chipKeyInfos(key)))
}
