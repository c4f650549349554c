import { encodeOid, encodeTlv } from '@cccd/core'
import type { HashAlgorithm } from '@cccd/crypto'
import { ecdsaPlainIdentifier } from '../asn1/algorithmIdentifier.js'
import { securityInfo, securityInfos, smallInteger } from '../asn1/securityInfos.js'
import type { ChipKey } from '../card/CardImage.js'
import { chipKeyInfos, paceInfos, terminalAuthenticationInfo } from './cardAccess.js'
import { activeAuthenticationOid, type PaceOffer } from './protocols.js'

export interface Dg14Input {
  readonly pace: readonly PaceOffer[]
  readonly chipKeys: readonly ChipKey[]
  /** Hash of ECDSA active authentication; an RSA key needs no info (Doc 9303-11, 6.1). */
  readonly activeAuthenticationHash?: HashAlgorithm
}

/** DG14: what EF.CardAccess offers, repeated where the security object covers it, and the chip's keys. */
export function dg14({ pace, chipKeys, activeAuthenticationHash }: Dg14Input): Uint8Array {
  const infos = [...paceInfos(pace), ...chipKeys.flatMap((key) => chipKeyInfos(key)), terminalAuthenticationInfo()]
  if (activeAuthenticationHash !== undefined) {
    const algorithm = encodeTlv(0x06, encodeOid(ecdsaPlainIdentifier(activeAuthenticationHash)))
    infos.push(securityInfo(activeAuthenticationOid, smallInteger(1), algorithm))
  }
  return encodeTlv(0x6e, securityInfos(...infos))
}
