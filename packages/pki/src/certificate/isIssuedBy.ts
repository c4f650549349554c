import type { CryptoPort } from '@cccd/crypto'
import { PkiError } from '../errors.js'
import { importKey } from '../trust/KeyCache.js'
import type { Certificate } from './Certificate.js'
import { sameName } from './DistinguishedName.js'
import { verifyCertificateSignature } from './verifyCertificateSignature.js'

/** Whether a certificate names an issuer and has its signature. What cannot be read, or may not be verified any more, was issued by nobody. */
export async function isIssuedBy(
  certificate: Certificate,
  issuer: Certificate,
  crypto: CryptoPort,
  mayVerify: () => boolean = () => true,
): Promise<boolean> {
  try {
    if (!sameName(issuer.subject, certificate.issuer) || !mayVerify()) return false
    return (await verifyCertificateSignature(certificate, () => importKey(issuer, crypto))).status === 'passed'
  } catch (error) {
    if (error instanceof PkiError) return false
    throw error
  }
}
