import {
  CertificateChoices,
  CertificateSet,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContentInfo,
  SignedData,
  SignerInfos,
} from '@peculiar/asn1-cms'
import { Certificate } from '@peculiar/asn1-x509'
import { buffer, decode, encode } from '../asn1/encode.js'

export const issuersFaults = ['wrong-signer', 'malformed'] as const
export type IssuersFault = (typeof issuersFaults)[number]

/**
 * What an issuer answers at its caIssuers address (RFC 5280 4.2.2.1): one certificate as it is (`application/pkix-cert`), several as a
 * SignedData that signs nothing (`application/pkcs7-mime`, RFC 5751 3.2.2).
 *
 * @example const { mediaType, body } = issuerCertificates([issuer.csca.certificate, ...issuer.links])
 */
export function issuerCertificates(
  certificates: readonly Uint8Array[],
  fault?: IssuersFault,
): { readonly mediaType: string; readonly body: Uint8Array } {
  const [only, ...more] = certificates
  const single = only !== undefined && more.length === 0
  const body = single ? only : certificatesOnly(certificates)
  return {
    mediaType: single ? 'application/pkix-cert' : 'application/pkcs7-mime',
    body: fault === 'malformed' ? body.subarray(0, body.length - 1) : body,
  }
}

function certificatesOnly(certificates: readonly Uint8Array[]): Uint8Array {
  const data = new SignedData({
    version: 1,
    digestAlgorithms: new DigestAlgorithmIdentifiers(),
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: '1.2.840.113549.1.7.1' }),
    certificates: new CertificateSet(
      certificates.map((der) => new CertificateChoices({ certificate: decode(der, Certificate) })),
    ),
    signerInfos: new SignerInfos(),
  })
  return encode(new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: buffer(encode(data)) }))
}
