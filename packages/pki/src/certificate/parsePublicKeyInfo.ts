import { expectTag, integerBytes, parseTlv, readBitString, readOid, type TlvNode } from '@cccd/core'
import type { PublicKeySpec } from '@cccd/crypto'
import { PkiError, withCode } from '../errors.js'
import { readEcDomainParameters } from './ecDomainParameters.js'

const rsaEncryption = '1.2.840.113549.1.1.1'
const rsassaPss = '1.2.840.113549.1.1.10'
const ecPublicKey = '1.2.840.10045.2.1'

/**
 * `SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }`: RSA (also under the
 * RSASSA-PSS identifier), and EC on a named curve or on explicit parameters that are those of a named curve, as nearly all
 * certificates of passports have them.
 *
 * @throws PkiError `PKI_UNKNOWN_CURVE` when the parameters differ from every known curve in any number, the generator
 * included (CVE-2020-0601); `PKI_UNSUPPORTED_ALGORITHM` for another kind of key, a compressed point or an RSA exponent over 256 bits;
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

/** FIPS 186-5, A.1.1: below 2^256. One as long as the modulus makes a verification cost as much as a signature, in code that has to do it for strangers. */
const maxExponentLength = 32

/** `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }`; exponents 3, 38129, 56611, 107903 are real. */
function rsaKey(bytes: Uint8Array): PublicKeySpec {
  const [modulus, exponent, more] = parseTlv(bytes, { rules: 'der', tag: 0x30 }).children()
  if (more !== undefined) throw malformed('RSA key has more than modulus and exponent')
  const e = positive(exponent)
  if (e.length > maxExponentLength)
    throw new PkiError('PKI_UNSUPPORTED_ALGORITHM', 'public exponent is larger than anybody needs')
  return { type: 'rsa', modulus: positive(modulus), exponent: e }
}

function positive(node: TlvNode | undefined): Uint8Array {
  const bytes = integerBytes(node)
  if ((bytes[0] as number) >= 0x80) throw malformed('RSA number is negative')
  return bytes[0] === 0 && bytes.length > 1 ? bytes.subarray(1) : bytes
}

function ecKey(parameters: TlvNode | undefined, point: Uint8Array): PublicKeySpec {
  const curve = readEcDomainParameters(parameters)
  // Doc 9303-12, 4.4: uncompressed.
  if (point[0] === 0x02 || point[0] === 0x03) throw new PkiError('PKI_UNSUPPORTED_ALGORITHM', 'public point is compressed')
  return { type: 'ec', curve, point }
}

function malformed(message: string): PkiError {
  return new PkiError('PKI_BAD_PUBLIC_KEY', message)
}
