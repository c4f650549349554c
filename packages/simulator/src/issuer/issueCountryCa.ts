import { type PrivateKeySpec, publicKeyOf } from '@cccd/crypto'
import type { Name } from '@peculiar/asn1-x509'
import { type CertificateInput, issueCertificate, type SigningContext } from './issueCertificate.js'
import type { KeyAlgorithm } from './KeyAlgorithm.js'

export interface CountryCaInput
  extends Pick<CertificateInput, 'state' | 'notBefore' | 'notAfter' | 'keyUsedUntil' | 'addresses'> {
  readonly name: Name
  readonly privateKey: PrivateKeySpec
  readonly algorithm: KeyAlgorithm
  readonly keyIdentifier: Uint8Array
}

/** The certificate of a country CA that signs itself (Doc 9303-12, 7.1), in DER. */
export function issueCountryCa(input: CountryCaInput, context: SigningContext): Promise<Uint8Array> {
  const { name, privateKey, algorithm, keyIdentifier, ...rest } = input
  return issueCertificate(
    {
      role: 'csca',
      ...rest,
      subject: name,
      subjectKey: publicKeyOf(privateKey),
      subjectAlgorithm: algorithm,
      subjectKeyIdentifier: keyIdentifier,
      issuer: name,
      issuerKey: privateKey,
      issuerAlgorithm: algorithm,
      issuerKeyIdentifier: keyIdentifier,
    },
    context,
  )
}
