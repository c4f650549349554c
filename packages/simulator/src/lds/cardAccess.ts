import { securityInfo, securityInfos, smallInteger } from '../asn1/securityInfos.js'
import {
  type ChipAuthenticationOffer,
  chipAuthenticationOids,
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

/** ChipAuthenticationInfo of an offer, version 1. */
export function chipAuthenticationInfo({ cipher }: ChipAuthenticationOffer): Uint8Array {
  return securityInfo(chipAuthenticationOids[cipher], smallInteger(1))
}

/** EF.CardAccess as the Vietnamese card has it: Terminal Authentication, Chip Authentication, PACE. */
export function cardAccess(pace: readonly PaceOffer[], chipAuthentication: ChipAuthenticationOffer | undefined): Uint8Array {
  const chip = chipAuthentication === undefined ? [] : [chipAuthenticationInfo(chipAuthentication)]
  return securityInfos(terminalAuthenticationInfo(), ...chip, ...pace.map(paceInfo))
}
