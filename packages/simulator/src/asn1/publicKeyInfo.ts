import { bigIntToBytes, bytesToBigInt, concatBytes, encodeOid, encodeTlv } from '@cccd/core'
import { type CurveName, curveParameters, type PublicKeySpec } from '@cccd/crypto'
import { AsnIntegerBigIntConverter, AsnPropTypes, OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { buffer, encode } from './encode.js'
import { sequence } from './sequence.js'

/** How the curve of an elliptic-curve key is written: its object identifier, or every parameter (RFC 3279, 2.3.5). */
export type CurveForm = 'named' | 'explicit'

const bigInteger = { type: AsnPropTypes.Integer, converter: AsnIntegerBigIntConverter }

/** FieldID ::= SEQUENCE { fieldType OBJECT IDENTIFIER, parameters ANY }, here prime-field with its INTEGER. */
class FieldId {
  fieldType = '1.2.840.10045.1.1'
  parameters = 0n
}
sequence(FieldId, { fieldType: AsnPropTypes.ObjectIdentifier, parameters: bigInteger })

/** Curve ::= SEQUENCE { a FieldElement, b FieldElement, seed BIT STRING OPTIONAL }, without the seed. */
class Curve {
  a = new OctetString()
  b = new OctetString()
}
sequence(Curve, { a: { type: OctetString }, b: { type: OctetString } })

/** ECParameters ::= SEQUENCE { version, fieldID, curve, base ECPoint, order INTEGER, cofactor INTEGER OPTIONAL } */
class ExplicitCurve {
  version = 1
  fieldId = new FieldId()
  curve = new Curve()
  base = new OctetString()
  order = 0n
  cofactor = 0n
}
sequence(ExplicitCurve, {
  version: AsnPropTypes.Integer,
  fieldId: { type: FieldId },
  curve: { type: Curve },
  base: { type: OctetString },
  order: bigInteger,
  cofactor: bigInteger,
})

/** RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } */
class RsaPublicKey {
  modulus = 0n
  publicExponent = 0n
}
sequence(RsaPublicKey, { modulus: bigInteger, publicExponent: bigInteger })

function curveOf(name: CurveName, form: CurveForm): Uint8Array {
  const { p, a, b, gx, gy, n, h, oid } = curveParameters(name)
  if (form === 'named') return encodeTlv(0x06, encodeOid(oid))
  const length = Math.ceil(p.toString(16).length / 2)
  const octets = (value: bigint): OctetString => new OctetString(buffer(bigIntToBytes(value, length)))
  const explicit = new ExplicitCurve()
  explicit.fieldId.parameters = p
  explicit.curve.a = octets(a)
  explicit.curve.b = octets(b)
  explicit.base = new OctetString(buffer(concatBytes(Uint8Array.of(4), bigIntToBytes(gx, length), bigIntToBytes(gy, length))))
  explicit.order = n
  explicit.cofactor = h
  return encode(explicit)
}

/** AlgorithmIdentifier of an elliptic-curve key: id-ecPublicKey with its curve. */
export function curveAlgorithm(name: CurveName, form: CurveForm): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithm: '1.2.840.10045.2.1', parameters: buffer(curveOf(name, form)) })
}

/** SubjectPublicKeyInfo (RFC 5280, 4.1) of a key. */
export function publicKeyInfo(key: PublicKeySpec, form: CurveForm): SubjectPublicKeyInfo {
  if (key.type === 'ec')
    return new SubjectPublicKeyInfo({
      algorithm: curveAlgorithm(key.curve, form),
      subjectPublicKey: buffer(key.point),
    })
  const rsa = new RsaPublicKey()
  rsa.modulus = bytesToBigInt(key.modulus)
  rsa.publicExponent = bytesToBigInt(key.exponent)
  return new SubjectPublicKeyInfo({
    algorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.1', parameters: null }),
    subjectPublicKey: buffer(encode(rsa)),
  })
}
