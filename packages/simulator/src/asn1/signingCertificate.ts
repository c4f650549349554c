import { OctetString } from '@peculiar/asn1-schema'
import { buffer, encode } from './encode.js'
import { sequence } from './sequence.js'

/** ESSCertIDv2 ::= SEQUENCE { hashAlgorithm DEFAULT sha256, certHash OCTET STRING, issuerSerial OPTIONAL }, without both optional ones (RFC 5035, 4). */
class CertificateIdentifier {
  certHash = new OctetString()
}
sequence(CertificateIdentifier, { certHash: { type: OctetString } })

/** SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies OPTIONAL } (RFC 5035, 3) */
class SigningCertificate {
  certs: CertificateIdentifier[] = []
}
sequence(SigningCertificate, { certs: { type: CertificateIdentifier, repeated: 'sequence' } })

/** Value of the signing-certificate-v2 attribute that names a certificate by its SHA-256. */
export function signingCertificate(sha256: Uint8Array): Uint8Array {
  const identifier = new CertificateIdentifier()
  identifier.certHash = new OctetString(buffer(sha256))
  const value = new SigningCertificate()
  value.certs = [identifier]
  return encode(value)
}
