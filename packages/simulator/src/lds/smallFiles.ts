import { encodeTlv, encodeUtf8 } from '@cccd/core'
import type { PublicKeySpec } from '@cccd/crypto'
import { encode } from '../asn1/encode.js'
import { publicKeyInfo } from '../asn1/publicKeyInfo.js'

/** DG1: the MRZ without line breaks. */
export function dg1(lines: readonly string[]): Uint8Array {
  return encodeTlv(0x61, encodeTlv(0x5f1f, encodeUtf8(lines.join(''))))
}

/** DG3 as a stand-in: no fingerprint of anybody, and no reader without Terminal Authentication ever sees it. */
export function dg3(): Uint8Array {
  return encodeTlv(0x63, encodeTlv(0x7f61, encodeTlv(0x02, Uint8Array.of(0)), encodeTlv(0x53, encodeUtf8('DEMO'))))
}

/** DG15: the public key of active authentication. */
export function dg15(key: PublicKeySpec): Uint8Array {
  return encodeTlv(0x6f, encode(publicKeyInfo(key, 'explicit')))
}

/** EF.COM with LDS version 1.7, Unicode 4.0.0 and the tags of the data groups (Doc 9303-10, 4.6.1). */
export function com(tags: readonly number[]): Uint8Array {
  return encodeTlv(
    0x60,
    encodeTlv(0x5f01, encodeUtf8('0107')),
    encodeTlv(0x5f36, encodeUtf8('040000')),
    encodeTlv(0x5c, Uint8Array.from(tags)),
  )
}
