import { concatBytes, encodeOid, encodeTlv } from '@cccd/core'
import type { CipherSuite } from '../channel/cipherSuite.js'

/**
 * The data under an authentication token: 7F49 { 06 protocol, 86 the *other* side's ephemeral public key }
 * (Doc 9303-11, 4.4.3.4 and 9.4.5).
 */
export function tokenInput(oid: string, point: Uint8Array): Uint8Array {
  return encodeTlv(0x7f49, concatBytes(encodeTlv(0x06, encodeOid(oid)), encodeTlv(0x86, point)))
}

/** T = MAC(KS_MAC, public key of the other side), eight bytes. */
export function authenticationToken(suite: CipherSuite, macKey: Uint8Array, oid: string, point: Uint8Array): Uint8Array {
  return suite.macAny(macKey, tokenInput(oid, point))
}
