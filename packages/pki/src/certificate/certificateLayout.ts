import { DerCursor } from '@cccd/core'
import { PkiError } from '../errors.js'

/**
 * Where the parts of a certificate begin; each ends where the next begins. Nothing is decoded and nothing but this object is
 * made, so that a list of hundreds is laid out in milliseconds.
 *
 * Certificate ::= SEQUENCE { TBSCertificate, signatureAlgorithm, signatureValue BIT STRING }
 * TBSCertificate ::= SEQUENCE { version [0] DEFAULT v1, serialNumber, signature, issuer, validity, subject,
 *   subjectPublicKeyInfo, issuerUniqueID [1] OPTIONAL, subjectUniqueID [2] OPTIONAL, extensions [3] OPTIONAL }
 */
export interface CertificateLayout {
  readonly tbs: number
  readonly serialNumber: number
  readonly innerAlgorithm: number
  readonly issuer: number
  readonly validity: number
  readonly subject: number
  readonly publicKeyInfo: number
  /** Where subjectPublicKeyInfo ends. */
  readonly publicKeyInfoEnd: number
  /** Equal to {@link algorithm} where there are none. */
  readonly extensions: number
  readonly algorithm: number
  readonly signature: number
}

/** The largest certificate accepted, in bytes. */
export const maxCertificateLength = 262_144

/** @throws PkiError `PKI_BAD_CERTIFICATE`, CoreError for malformed DER */
export function certificateLayout(raw: Uint8Array): CertificateLayout {
  if (raw.length > maxCertificateLength) throw malformed('certificate is larger than allowed')
  const cursor = new DerCursor(raw)
  const tbs = enter(cursor, 0, raw.length, 0x30)
  if (cursor.end !== raw.length) throw malformed('bytes follow the certificate')
  const version = enter(cursor, tbs, raw.length, 0x30)
  const algorithm = cursor.end
  const serialNumber = skip(cursor, version, algorithm, 0xa0)
  enter(cursor, serialNumber, algorithm, 0x02)
  const innerAlgorithm = next(cursor, algorithm, 0x30)
  const issuer = next(cursor, algorithm, 0x30)
  const validity = next(cursor, algorithm, 0x30)
  const subject = next(cursor, algorithm, 0x30)
  const publicKeyInfo = next(cursor, algorithm, 0x30)
  const publicKeyInfoEnd = cursor.end
  const extensions = skip(cursor, skip(cursor, publicKeyInfoEnd, algorithm, 0x81), algorithm, 0x82)
  if (skip(cursor, extensions, algorithm, 0xa3) !== algorithm) throw malformed('certificate has elements left over')
  enter(cursor, algorithm, raw.length, 0x30)
  const signature = next(cursor, raw.length, 0x03)
  if (cursor.end !== raw.length) throw malformed('certificate has elements left over')
  // Signatures are whole bytes; a count of unused bits would be a second form of the same certificate.
  if (raw[cursor.valueStart] !== 0) throw malformed('signature has bits left over')
  return {
    tbs,
    serialNumber,
    innerAlgorithm,
    issuer,
    validity,
    subject,
    publicKeyInfo,
    publicKeyInfoEnd,
    extensions,
    algorithm,
    signature,
  }
}

/** Moves to an element with a tag; where its content begins. */
function enter(cursor: DerCursor, offset: number, limit: number, tag: number): number {
  if (cursor.enter(offset, limit).tag !== tag) throw malformed('certificate has another element than expected')
  return cursor.valueStart
}

/** Moves to the element after the present one; where it begins. */
function next(cursor: DerCursor, limit: number, tag: number): number {
  const start = cursor.end
  enter(cursor, start, limit, tag)
  return start
}

/** Where an optional element ends, or where it would have begun. */
function skip(cursor: DerCursor, offset: number, limit: number, tag: number): number {
  return offset < limit && cursor.enter(offset, limit).tag === tag ? cursor.end : offset
}

function malformed(message: string): PkiError {
  return new PkiError('PKI_BAD_CERTIFICATE', message)
}
