import { assertBytes, type ParseOutcome } from '@cccd/core'
import { PkiError } from '../errors.js'
import { Certificate } from './Certificate.js'
import { maxCertificateLength } from './certificateLayout.js'

/**
 * A certificate over a copy of its DER bytes, so that nobody changes it once it has been judged; nothing may follow it. Fields are decoded on
 * demand.
 *
 * @throws PkiError `PKI_BAD_CERTIFICATE`
 * @example
 * const csca = parseCertificate(der)
 * csca.subject.text // 'C=VN, O=Vietnam Government Information Security Commission, CN=CSCA ePassport Vietnam'
 */
export function parseCertificate(der: Uint8Array): Certificate {
  assertBytes(der, 'der')
  return new Certificate(der.length > maxCertificateLength ? der : new Uint8Array(der))
}

/** {@link parseCertificate} without an exception for bad bytes. */
export function tryParseCertificate(der: Uint8Array): ParseOutcome<Certificate, PkiError> {
  try {
    return { ok: true, value: parseCertificate(der), findings: [] }
  } catch (error) {
    if (error instanceof PkiError) return { ok: false, error }
    throw error
  }
}
