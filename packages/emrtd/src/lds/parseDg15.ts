import {
  CccdError,
  expectTag,
  integerBytes,
  type ParseOutcome,
  parseTlv,
  readBitString,
  readOid,
  readSmallInteger,
  type TlvNode,
} from '@cccd/core'
import type { PublicKeySpec } from '@cccd/crypto'
import { parsePublicKeyInfo } from '@cccd/pki'
import { attempt, malformed, openFile, type Parsed, within } from './openFile.js'

/** DG15: the key of Active Authentication (Doc 9303-10, 4.7.15). */
export interface ActiveAuthenticationKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array
  readonly publicKey: PublicKeySpec
}

export function readDg15(bytes: Uint8Array): Parsed<ActiveAuthenticationKey> {
  const root = openFile(bytes, 'DG15')
  const [key, ...extra] = within('DG15', () => root.children())
  if (key === undefined || extra.length > 0) throw malformed('DG15', 'not one public key')
  const publicKeyInfo = key.raw.slice()
  const unsigned = unsignedRsaKey(key)
  if (unsigned === undefined) return { value: { publicKeyInfo, publicKey: parsePublicKeyInfo(publicKeyInfo) }, findings: [] }
  const finding = { code: 'dg15-unsigned-modulus', severity: 'warning', field: 'DG15' } as const
  return { value: { publicKeyInfo, publicKey: unsigned }, findings: [finding] }
}

/** An RSA key whose modulus lacks the leading zero that makes it positive, as on cards of 2008: no other number can be meant. */
function unsignedRsaKey(node: TlvNode): PublicKeySpec | undefined {
  try {
    const [algorithm, bits] = node.children()
    if (readOid(expectTag(algorithm, 0x30).children()[0]) !== '1.2.840.113549.1.1.1') return undefined
    const [modulus, exponent, ...more] = parseTlv(readBitString(bits).bytes, { rules: 'der', tag: 0x30 }).children()
    const negative = (integerBytes(modulus)[0] as number) >= 0x80
    if (!negative || more.length > 0 || readSmallInteger(exponent) < 3) return undefined
    return { type: 'rsa', modulus: integerBytes(modulus).slice(), exponent: integerBytes(exponent).slice() }
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}

/**
 * DG15: the public key of Active Authentication, RSA or elliptic curve. Explicit curve parameters are accepted only when they are those of
 * a standard curve.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`; PkiError `PKI_UNKNOWN_CURVE`, `PKI_UNSUPPORTED_ALGORITHM` and what else
 * `parsePublicKeyInfo` throws
 */
export function parseDg15(bytes: Uint8Array): ActiveAuthenticationKey {
  return readDg15(bytes).value
}

/** As {@link parseDg15}, with findings (`dg15-unsigned-modulus`) and without throwing for bad data. */
export function tryParseDg15(bytes: Uint8Array): ParseOutcome<ActiveAuthenticationKey, CccdError> {
  return attempt(() => readDg15(bytes))
}
