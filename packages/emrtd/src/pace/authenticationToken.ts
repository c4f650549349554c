import { concatBytes, encodeOid, encodeTlv } from '@cccd/core'
import type { CipherSuite } from '../channel/cipherSuite.js'
import type { KeyAgreement } from '../lds/securityInfos.js'

/**
 * The data under an authentication token: 7F49 { 06 protocol, 86 or 84 the *other* side's ephemeral public key }, 86 for a point and 84
 * for a number (Doc 9303-11, 4.4.3.4 and 9.4.4, 9.4.5).
 */
export function tokenInput(oid: string, agreement: KeyAgreement, element: Uint8Array): Uint8Array {
  const tag = agreement === 'ECDH' ? 0x86 : 0x84
  return encodeTlv(0x7f49, concatBytes(encodeTlv(0x06, encodeOid(oid)), encodeTlv(tag, element)))
}

/** T = MAC(KS_MAC, public key of the other side), eight bytes. */
export function authenticationToken(
  suite: CipherSuite,
  macKey: Uint8Array,
  { oid, agreement }: { readonly oid: string; readonly agreement: KeyAgreement },
  element: Uint8Array,
): Uint8Array {
  return suite.macAny(macKey, tokenInput(oid, agreement, element))
}
