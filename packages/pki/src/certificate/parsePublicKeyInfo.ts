import {
  bytesToBigInt,
  equalBytes,
  expectTag,
  integerBytes,
  parseTlv,
  readBitString,
  readInteger,
  readOctetString,
  readOid,
  readSmallInteger,
  type TlvNode,
} from '@cccd/core'
import { type CurveName, curveByOid, matchCurve, type PublicKeySpec } from '@cccd/crypto'
import { PkiError, withCode } from '../errors.js'

const rsaEncryption = '1.2.840.113549.1.1.1'
const rsassaPss = '1.2.840.113549.1.1.10'
const ecPublicKey = '1.2.840.10045.2.1'
const primeField = '1.2.840.10045.1.1'

/**
 * `SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }`: RSA (also under the
 * RSASSA-PSS identifier), and EC on a named curve or on explicit parameters that are those of a named curve, as nearly all
 * certificates of passports have them.
 *
 * @throws PkiError `PKI_UNKNOWN_CURVE` when the parameters differ from every known curve in any number, the generator
 * included (CVE-2020-0601); `PKI_UNSUPPORTED_ALGORITHM` for another kind of key or a compressed point;
 * `PKI_BAD_PUBLIC_KEY` when the structure is malformed
 * @example
 * parsePublicKeyInfo(certificate.subjectPublicKeyInfo) // { type: 'ec', curve: 'brainpoolP384r1', point }
 */
export function parsePublicKeyInfo(spki: Uint8Array): PublicKeySpec {
  return withCode('PKI_BAD_PUBLIC_KEY', 'public key is malformed', () => {
    const [algorithm, key, more] = parseTlv(spki, { rules: 'der', tag: 0x30, maxLength: 65_536 }).children()
    const [oidNode, parameters] = expectTag(algorithm, 0x30).children()
    const { bytes, unusedBits } = readBitString(key)
    if (more !== undefined || unusedBits !== 0) throw malformed('public key has bits or elements left over')
    const oid = readOid(oidNode)
    if (oid === rsaEncryption || oid === rsassaPss) return rsaKey(bytes)
    if (oid === ecPublicKey) return ecKey(parameters, bytes)
    throw new PkiError('PKI_UNSUPPORTED_ALGORITHM', 'public key is neither RSA nor EC', { params: { oid } })
  })
}

/** `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }`; exponents 3, 38129, 56611, 107903 are real. */
function rsaKey(bytes: Uint8Array): PublicKeySpec {
  const [modulus, exponent, more] = parseTlv(bytes, { rules: 'der', tag: 0x30 }).children()
  if (more !== undefined) throw malformed('RSA key has more than modulus and exponent')
  return { type: 'rsa', modulus: positive(modulus), exponent: positive(exponent) }
}

function positive(node: TlvNode | undefined): Uint8Array {
  const bytes = integerBytes(node)
  if ((bytes[0] as number) >= 0x80) throw malformed('RSA number is negative')
  return bytes[0] === 0 && bytes.length > 1 ? bytes.subarray(1) : bytes
}

function ecKey(parameters: TlvNode | undefined, point: Uint8Array): PublicKeySpec {
  const curve = parameters?.tag === 0x06 ? curveByOid(readOid(parameters)) : explicitCurve(parameters)
  if (curve === undefined) throw new PkiError('PKI_UNKNOWN_CURVE', 'curve is none of the standardised ones')
  // Doc 9303-12, 4.4: uncompressed.
  if (point[0] === 0x02 || point[0] === 0x03) throw new PkiError('PKI_UNSUPPORTED_ALGORITHM', 'public point is compressed')
  return { type: 'ec', curve, point }
}

/** Encodings of explicit parameters that were matched, number by number, before: one state writes them all alike. */
const matchedEncodings: { readonly encoding: Uint8Array; readonly curve: CurveName }[] = []
const maxEncodings = 32

function explicitCurve(node: TlvNode | undefined): CurveName | undefined {
  const parameters = expectTag(node, 0x30)
  const { raw } = parameters
  const known = matchedEncodings.find(({ encoding }) => equalBytes(encoding, raw))
  if (known !== undefined) return known.curve
  const curve = readExplicitCurve(parameters)
  if (curve !== undefined && matchedEncodings.length < maxEncodings)
    matchedEncodings.push({ encoding: new Uint8Array(raw), curve })
  return curve
}

/**
 * `SpecifiedECDomain ::= SEQUENCE { version INTEGER, fieldID, curve SEQUENCE { a, b, seed OPTIONAL }, base OCTET STRING,
 *   order INTEGER, cofactor INTEGER OPTIONAL, … }` (SEC 1 C.2)
 */
function readExplicitCurve(node: TlvNode): CurveName | undefined {
  const [version, field, coefficients, base, order, cofactor] = node.children()
  if (readSmallInteger(version) > 3) throw malformed('version of the EC parameters is unknown')
  const [fieldType, prime] = expectTag(field, 0x30).children()
  if (readOid(fieldType) !== primeField) return undefined
  const [a, b] = expectTag(coefficients, 0x30).children()
  const numbers = {
    p: readInteger(prime),
    a: bytesToBigInt(readOctetString(a)),
    b: bytesToBigInt(readOctetString(b)),
    G: readOctetString(base),
    n: readInteger(order),
  }
  return matchCurve(cofactor?.tag === 0x02 ? { ...numbers, h: readInteger(cofactor) } : numbers)
}

function malformed(message: string): PkiError {
  return new PkiError('PKI_BAD_PUBLIC_KEY', message)
}
