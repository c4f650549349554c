import { AsnConvert } from '@peculiar/asn1-schema'

/** DER of a typed value. */
export function encode(value: object): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(value))
}

/** A typed value from DER that this package or a card image holds. */
export function decode<Value>(bytes: Uint8Array, type: new () => Value): Value {
  return AsnConvert.parse(bytes, type)
}

/** The bytes as the ArrayBuffer that the ASN.1 library wants for ANY and OCTET STRING members. */
export function buffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer
}
