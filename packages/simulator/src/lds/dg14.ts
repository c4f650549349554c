import { encodeOid, encodeTlv } from '@cccd/core'
import type { HashAlgorithm, PublicKeySpec } from '@cccd/crypto'
import { ecdsaPlainIdentifier } from '../asn1/algorithmIdentifier.js'
import { securityInfo, securityInfos, smallInteger } from '../asn1/securityInfos.js'
import { chipAuthenticationInfo, chipAuthenticationKeyInfo, paceInfo, terminalAuthenticationInfo } from './cardAccess.js'
import { activeAuthenticationOid, type ChipAuthenticationOffer, type PaceOffer } from './protocols.js'

export interface Dg14Input {
  readonly pace: readonly PaceOffer[]
  readonly chipAuthentication?: ChipAuthenticationOffer & { readonly publicKey: PublicKeySpec }
  /** Hash of ECDSA active authentication; an RSA key needs no info (Doc 9303-11, 6.1). */
  readonly activeAuthenticationHash?: HashAlgorithm
}

/** DG14: what EF.CardAccess offers, repeated where the security object covers it, and the chip's public key. */
export function dg14(input: Dg14Input): Uint8Array {
  const { pace, chipAuthentication, activeAuthenticationHash } = input
  const infos = pace.map(paceInfo)
  if (chipAuthentication !== undefined)
    infos.push(chipAuthenticationKeyInfo(chipAuthentication.publicKey), chipAuthenticationInfo(chipAuthentication))
  infos.push(terminalAuthenticationInfo())
  if (activeAuthenticationHash !== undefined) {
    const algorithm = encodeTlv(0x06, encodeOid(ecdsaPlainIdentifier(activeAuthenticationHash)))
    infos.push(securityInfo(activeAuthenticationOid, smallInteger(1), algorithm))
  }
  return encodeTlv(0x6e, securityInfos(...infos))
}
