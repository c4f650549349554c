import type { PublicKeySpec } from '@cccd/crypto'
import { securityInfos } from '../asn1/securityInfos.js'
import { chipAuthenticationInfo, chipAuthenticationKeyInfo, paceInfo, terminalAuthenticationInfo } from './cardAccess.js'
import type { ChipAuthenticationOffer, PaceOffer } from './protocols.js'

/** A key of the chip with what it is for. */
export interface ChipKeyOffer extends ChipAuthenticationOffer {
  readonly publicKey: PublicKeySpec
  /** For chip-authentication mapping: the number of the PACE parameters that the key is for (Doc 9303-11, 9.2.6). */
  readonly keyId?: number
}

/** The SecurityInfos that EF.CardSecurity signs: everything of EF.CardAccess and the chip's public keys (Doc 9303-11, 9.2.11). */
export function cardSecurityInfos(pace: readonly PaceOffer[], keys: readonly ChipKeyOffer[]): Uint8Array {
  return securityInfos(
    terminalAuthenticationInfo(),
    ...pace.map(paceInfo),
    ...keys.flatMap((key) => [chipAuthenticationInfo(key, key.keyId), chipAuthenticationKeyInfo(key.publicKey, key.keyId)]),
  )
}
