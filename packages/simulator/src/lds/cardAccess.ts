import { domainParameters, keyAgreementKeyInfo } from '../asn1/groupParameters.js'
import { securityInfo, securityInfos, smallInteger } from '../asn1/securityInfos.js'
import type { ChipKey } from '../card/CardImage.js'
import {
  agreementOf,
  chipAuthenticationOid,
  chipKeyOid,
  type PaceOffer,
  paceDomainOid,
  paceOid,
  standardGroups,
  terminalAuthenticationOid,
} from './protocols.js'

/** PACEInfo of each offer, version 2, and PACEDomainParameterInfo of those that write their parameters out (Doc 9303-11, 9.2.1 and 9.2.2). */
export function paceInfos(offers: readonly PaceOffer[]): Uint8Array[] {
  return offers.flatMap((offer) => {
    const { parameterId, explicitId } = offer
    const oid = paceOid(offer)
    const domain = paceDomainOid(offer)
    const group = standardGroups.get(parameterId)
    if (oid === undefined || domain === undefined || group === undefined) return []
    const info = securityInfo(oid, smallInteger(2), smallInteger(explicitId ?? parameterId))
    return explicitId === undefined ? [info] : [info, securityInfo(domain, domainParameters(group), smallInteger(explicitId))]
  })
}

/** TerminalAuthenticationInfo, version 1. */
export function terminalAuthenticationInfo(): Uint8Array {
  return securityInfo(terminalAuthenticationOid, smallInteger(1))
}

/** ChipAuthenticationInfo of a key, version 1; none of a key that has no protocol of its own, and of one that is listed alone. */
export function chipAuthenticationInfos({ group, cipher, keyId, listedAlone }: ChipKey): Uint8Array[] {
  if (cipher === undefined || listedAlone === true) return []
  const oid = chipAuthenticationOid(agreementOf(group), cipher)
  return [securityInfo(oid, smallInteger(1), keyId === undefined ? undefined : smallInteger(keyId))]
}

/** ChipAuthenticationPublicKeyInfo of a key and what goes with it. */
export function chipKeyInfos(key: ChipKey): Uint8Array[] {
  const { group, publicKey, keyId } = key
  const info = keyAgreementKeyInfo(group, publicKey)
  const id = keyId === undefined ? undefined : smallInteger(keyId)
  return [securityInfo(chipKeyOid(agreementOf(group)), info, id), ...chipAuthenticationInfos(key)]
}

/** EF.CardAccess as the Vietnamese card has it: Terminal Authentication, Chip Authentication, PACE. */
export function cardAccess(pace: readonly PaceOffer[], chipKeys: readonly ChipKey[]): Uint8Array {
  const chip = chipKeys.flatMap((key) => chipAuthenticationInfos(key))
  return securityInfos(terminalAuthenticationInfo(), ...chip, ...paceInfos(pace))
}
