import { concatBytes, decodeHex, encodeTlv } from '@cccd/core'
import { AsnPropTypes } from '@peculiar/asn1-schema'
import { buffer, encode } from './encode.js'
import { sequence } from './sequence.js'

/** SecurityInfo ::= SEQUENCE { protocol OBJECT IDENTIFIER, requiredData ANY, optionalData ANY OPTIONAL } (Doc 9303-11, 9.2) */
class SecurityInfo {
  protocol = ''
  requiredData: ArrayBuffer = new ArrayBuffer(0)
  optionalData: ArrayBuffer | undefined = undefined
}
sequence(SecurityInfo, {
  protocol: AsnPropTypes.ObjectIdentifier,
  requiredData: AsnPropTypes.Any,
  optionalData: { type: AsnPropTypes.Any, optional: true },
})

/** DER of one SecurityInfo; its data are DER already. */
export function securityInfo(protocol: string, required: Uint8Array, optional?: Uint8Array): Uint8Array {
  const info = new SecurityInfo()
  info.protocol = protocol
  info.requiredData = buffer(required)
  if (optional !== undefined) info.optionalData = buffer(optional)
  return encode(info)
}

/** SecurityInfos ::= SET OF SecurityInfo, in the order given: real chips do not sort it. */
export function securityInfos(...infos: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0x31, ...infos)
}

/** DER of a non-negative INTEGER of up to 48 bits. */
export function smallInteger(value: number): Uint8Array {
  const hex = value.toString(16)
  const bytes = decodeHex(hex.length % 2 === 0 ? hex : `0${hex}`)
  return encodeTlv(0x02, (bytes[0] as number) >= 0x80 ? concatBytes(Uint8Array.of(0), bytes) : bytes)
}
