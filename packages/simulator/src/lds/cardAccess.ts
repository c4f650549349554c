import type { PublicKeySpec } from '@cccd/crypto'
import { encode } from '../asn1/encode.js'
import { publicKeyInfo } from '../asn1/publicKeyInfo.js'
import { securityInfo, securityInfos, smallInteger } from '../asn1/securityInfos.js'
import {
  type ChipAuthenticationOffer,
  chipAuthenticationOids,
  chipAuthenticationPublicKeyOid,
  type PaceOffer,
  paceOids,
  terminalAuthenticationOid,
} from './protocols.js'

/** PACEInfo of an offer, version 2. */
export function paceInfo({ cipher, parameterId }: PaceOffer): Uint8Array {
  return securityInfo(paceOids[cipher], smallInteger(2), smallInteger(parameterId))
}

/** TerminalAuthenticationInfo, version 1. */
export function terminalAuthenticationInfo(): Uint8Array {
  return securityInfo(terminalAuthenticationOid, smallInteger(1))
}

const optionalKeyId = (keyId: number | undefined): [Uint8Array?] => (keyId === undefined ? [] : [smallInteger(keyId)])

/** ChipAuthenticationInfo of an offer, version 1. */
export function chipAuthenticationInfo({ cipher }: ChipAuthenticationOffer, keyId?: number): Uint8Array {
  return securityInfo(chipAuthenticationOids[cipher], smallInteger(1), ...optionalKeyId(keyId))
}

/** ChipAuthenticationPublicKeyInfo of a key. */
export function chipAuthenticationKeyInfo(key: PublicKeySpec, keyId?: number): Uint8Array {
  return securityInfo(chipAuthenticationPublicKeyOid, encode(publicKeyInfo(key, 'explicit')), ...optionalKeyId(keyId))
}

/** EF.CardAccess as the Vietnamese card has it: Terminal Authentication, Chip Authentication, PACE. */
export function cardAccess(pace: readonly PaceOffer[], chipAuthentication: ChipAuthenticationOffer | undefined): Uint8Array {
  const chip = chipAuthentication === undefined ? [] : [chipAuthenticationInfo(chipAuthentication)]
  return securityInfos(terminalAuthenticationInfo(), ...chip, ...pace.map(paceInfo))
}
