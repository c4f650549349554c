import { compareBytes, concatBytes, encodeOid, encodeTlv } from '@cccd/core'
import type { CryptoPort, HashAlgorithm, RandomSource } from '@cccd/crypto'
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
import { Certificate, Time } from '@peculiar/asn1-x509'
import { hashIdentifier, signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { buffer, decode, encode } from '../asn1/encode.js'
import { ldsSecurityObject } from '../asn1/ldsSecurityObject.js'
import type { DemoAuthority } from './DemoIssuer.js'
import { signatureScheme } from './KeyAlgorithm.js'

const ldsSecurityObjectOid = '2.23.136.1.1.1'

export interface SecurityObjectInput {
  readonly signer: DemoAuthority
  /** Data group files by number, as the chip holds them. */
  readonly dataGroups: ReadonlyMap<number, Uint8Array>
  /** Hash of the data groups (default SHA-256). */
  readonly hash?: HashAlgorithm
  /** Version 1 also states the LDS and Unicode versions (default 0). */
  readonly ldsVersion?: 0 | 1
  /** ISO 8601. */
  readonly signingTime: string
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** EF.SOD (Doc 9303-10, 4.6.2): a CMS SignedData over the hashes of the data groups, inside tag 77. */
export async function securityObject(input: SecurityObjectInput): Promise<Uint8Array> {
  const { signer, crypto, random } = input
  const hash = input.hash ?? 'sha256'
  const hashes = [...input.dataGroups]
    .sort(([a], [b]) => a - b)
    .map(([number, file]) => ({ number, hash: crypto.hash(hash, file) }))
  const content = ldsSecurityObject({ version: input.ldsVersion ?? 0, algorithm: hashIdentifier(hash), hashes })

  const scheme = signatureScheme(signer.algorithm)
  const certificate = decode(signer.certificate, Certificate)
  const attribute = (type: string, value: Uint8Array): Attribute => new Attribute({ attrType: type, attrValues: [buffer(value)] })
  const signedAttrs = inDerOrder([
    attribute('1.2.840.113549.1.9.3', encodeTlv(0x06, encodeOid(ldsSecurityObjectOid))),
    attribute('1.2.840.113549.1.9.4', encodeTlv(0x04, crypto.hash(scheme.hash, content))),
    attribute('1.2.840.113549.1.9.5', encode(new Time(new Date(input.signingTime)))),
  ])
  // The signature covers the attributes as a SET OF, not under their [0] tag (RFC 5652, 5.4).
  const key = await crypto.importPrivateKey(signer.privateKey)
  const signature = await key.sign(scheme, encodeTlv(0x31, concatBytes(...signedAttrs.map(encode))), random)

  const signedData = new SignedData({
    version: 3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([hashIdentifier(scheme.hash)]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: ldsSecurityObjectOid,
      eContent: new EncapsulatedContent({ single: new OctetString(buffer(content)) }),
    }),
    certificates: new CertificateSet([new CertificateChoices({ certificate })]),
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
        signatureAlgorithm: signatureIdentifier(scheme),
        signature: new OctetString(buffer(signature)),
      }),
    ]),
  })
  const contentInfo = new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: buffer(encode(signedData)) })
  return encodeTlv(0x77, encode(contentInfo))
}

/** Attributes in the order of DER SET OF (X.690, 11.6), which the ASN.1 library leaves to its caller. */
function inDerOrder(attributes: readonly Attribute[]): Attribute[] {
  return attributes
    .map((attribute) => ({ attribute, der: encode(attribute) }))
    .sort((a, b) => compareBytes(a.der, b.der))
    .map(({ attribute }) => attribute)
}
