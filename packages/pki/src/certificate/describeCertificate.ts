import { bytesToBigInt, encodeHex } from '@cccd/core'
import type { CurveName } from '@cccd/crypto'
import type { Certificate } from './Certificate.js'
import type { KeyUsage, PrivateKeyUsagePeriod } from './extensions.js'
import { schemeOf } from './schemeOf.js'
import { supportedKey } from './supportedKey.js'

/** What a report says of a certificate. Plain data; byte strings in hexadecimal. */
export interface CertificateInfo {
  readonly subject: string
  readonly issuer: string
  /** The INTEGER's content as it stands there. */
  readonly serialNumber: string
  readonly notBefore: string
  readonly notAfter: string
  readonly keyIdentifier?: string
  readonly authorityKeyIdentifier?: string
  readonly publicKey: PublicKeyInfo
  /** e.g. `ecdsa sha512`, `rsa-pss sha256`, or the object identifier of one that is not supported. */
  readonly signatureAlgorithm: string
  readonly isCa: boolean
  readonly pathLength?: number
  readonly keyUsage?: readonly KeyUsage[]
  readonly privateKeyUsagePeriod?: PrivateKeyUsagePeriod
  readonly country?: string
  readonly documentTypes?: readonly string[]
}

export type PublicKeyInfo =
  | { readonly type: 'rsa'; readonly bits: number; readonly exponent: string }
  | { readonly type: 'ec'; readonly curve: CurveName }
  | { readonly type: 'unsupported' }

/**
 * The certificate as plain data for reports.
 * @throws PkiError `PKI_BAD_CERTIFICATE` when one of its fields is malformed
 */
export function describeCertificate(certificate: Certificate): CertificateInfo {
  const { keyIdentifier, authorityKeyIdentifier, pathLength, keyUsage, privateKeyUsagePeriod, country, documentTypes } =
    certificate
  return {
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serialNumber: encodeHex(certificate.serialNumber),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    ...(keyIdentifier && { keyIdentifier: encodeHex(keyIdentifier) }),
    ...(authorityKeyIdentifier && { authorityKeyIdentifier: encodeHex(authorityKeyIdentifier) }),
    publicKey: describeKey(certificate),
    signatureAlgorithm: describeSignature(certificate),
    isCa: certificate.isCa,
    ...(pathLength !== undefined && { pathLength }),
    ...(keyUsage && { keyUsage }),
    ...(privateKeyUsagePeriod && { privateKeyUsagePeriod }),
    ...(country !== undefined && { country }),
    ...(documentTypes && { documentTypes }),
  }
}

function describeKey(certificate: Certificate): PublicKeyInfo {
  const key = supportedKey(certificate)
  if (key === undefined) return { type: 'unsupported' }
  if (key.type === 'ec') return { type: 'ec', curve: key.curve }
  return { type: 'rsa', bits: bitsOf(key.modulus), exponent: bytesToBigInt(key.exponent).toString() }
}

/** Bits of an unsigned number without leading zero bytes. */
export function bitsOf(number: Uint8Array): number {
  return number.length === 0 ? 0 : 8 * number.length - Math.clz32(number[0] as number) + 24
}

function describeSignature(certificate: Certificate): string {
  const scheme = schemeOf(certificate)
  return scheme === undefined ? certificate.signatureAlgorithm.oid : `${scheme.type} ${scheme.hash}`
}
