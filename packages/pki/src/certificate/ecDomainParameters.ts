import {
  bytesToBigInt,
  equalBytes,
  expectTag,
  parseTlv,
  readInteger,
  readOctetString,
  readOid,
  readSmallInteger,
  type TlvNode,
} from '@cccd/core'
import { type CurveName, curveByOid, matchCurve } from '@cccd/crypto'
import { PkiError, withCode } from '../errors.js'

const primeField = '1.2.840.10045.1.1'

/**
 * The curve of `ECParameters` (RFC 3279 2.3.5): named, or written out and equal to a known one in every number.
 * @param parameters DER of the parameters of an AlgorithmIdentifier `id-ecPublicKey`
 * @throws PkiError `PKI_UNKNOWN_CURVE`, `PKI_BAD_PUBLIC_KEY`
 * @example parseEcDomainParameters(parameters) // 'brainpoolP256r1'
 */
export function parseEcDomainParameters(parameters: Uint8Array): CurveName {
  return withCode('PKI_BAD_PUBLIC_KEY', 'domain parameters are malformed', () =>
    readEcDomainParameters(parseTlv(parameters, { rules: 'der', maxLength: 65_536 })),
  )
}

export function readEcDomainParameters(parameters: TlvNode | undefined): CurveName {
  const curve = parameters?.tag === 0x06 ? curveByOid(readOid(parameters)) : explicitCurve(parameters)
  if (curve === undefined) throw new PkiError('PKI_UNKNOWN_CURVE', 'curve is none of the standardised ones')
  return curve
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
  if (readSmallInteger(version) > 3) throw new PkiError('PKI_BAD_PUBLIC_KEY', 'version of the EC parameters is unknown')
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
