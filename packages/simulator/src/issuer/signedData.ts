import { compareBytes, concatBytes, encodeOid, encodeTlv } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from '@peculiar/asn1-cms'
import { OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, Certificate, Time } from '@peculiar/asn1-x509'
import { hashIdentifier, signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { buffer, decode, encode } from '../asn1/encode.js'
import type { DemoAuthority } from './DemoIssuer.js'
import { signatureScheme } from './KeyAlgorithm.js'
import type { SecurityObjectForm } from './SecurityObjectForm.js'

export interface SignedDataInput {
  readonly signer: DemoAuthority
  readonly contentType: string
  readonly content: Uint8Array
  readonly signatureAlgorithm?: SecurityObjectForm['signatureAlgorithm']
  /** Signed attributes besides content type, digest and signing time: types with their values in DER. */
  readonly attributes?: Readonly<Record<string, Uint8Array>>
  /** Leaves the signer's certificate out. */
  readonly withoutCertificate?: boolean
  /** ISO 8601. */
  readonly signingTime: string
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** A CMS ContentInfo with SignedData of one signer and its certificate, DER (RFC 5652; Doc 9303-10, 4.6.2 and Doc 9303-11, 9.2.11). */
export async function signedData(input: SignedDataInput): Promise<Uint8Array> {
  const { signer, crypto, random, content, contentType } = input
  const scheme = signatureScheme(signer.algorithm)
  const certificate = decode(signer.certificate, Certificate)
  const attribute = (type: string, value: Uint8Array): Attribute => new Attribute({ attrType: type, attrValues: [buffer(value)] })
  const signedAttrs = inDerOrder([
    attribute('1.2.840.113549.1.9.3', encodeTlv(0x06, encodeOid(contentType))),
    attribute('1.2.840.113549.1.9.4', encodeTlv(0x04, crypto.hash(scheme.hash, content))),
    attribute('1.2.840.113549.1.9.5', encode(new Time(new Date(input.signingTime)))),
    ...Object.entries(input.attributes ?? {}).map(([type, value]) => attribute(type, value)),
  ])
  // The signature covers the attributes as a SET OF, not under their [0] tag (RFC 5652, 5.4).
  const key = await crypto.importPrivateKey(signer.privateKey)
  const signature = await key.sign(scheme, encodeTlv(0x31, concatBytes(...signedAttrs.map(encode))), random)
  const signatureAlgorithm =
    input.signatureAlgorithm === 'rsaEncryption'
      ? new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.1', parameters: null })
      : signatureIdentifier(scheme)

  const data = new SignedData({
    version: 3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([hashIdentifier(scheme.hash)]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: contentType,
      eContent: new EncapsulatedContent({ single: new OctetString(buffer(content)) }),
    }),
    ...(input.withoutCertificate !== true && { certificates: new CertificateSet([new CertificateChoices({ certificate })]) }),
    signerInfos: new SignerInfos([
      new SignerInfo({
        version: 1,
        sid: new SignerIdentifier({
          issuerAndSerialNumber: new IssuerAndSerialNumber({
            issuer: certificate.tbsCertificate.issuer,
            serialNumber: certificate.tbsCertificate.serialNumber,
          }),
        }),
        digestAlgorithm: hashIdentifier(scheme.hash),
        signedAttrs,
        signatureAlgorithm,
        signature: new OctetString(buffer(signature)),
      }),
    ]),
  })
  return encode(new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: buffer(encode(data)) }))
}

/** Attributes in the order of DER SET OF (X.690, 11.6), which the ASN.1 library leaves to its caller. */
function inDerOrder(attributes: readonly Attribute[]): Attribute[] {
  return attributes
    .map((attribute) => ({ attribute, der: encode(attribute) }))
    .sort((a, b) => compareBytes(a.der, b.der))
    .map(({ attribute }) => attribute)
}
