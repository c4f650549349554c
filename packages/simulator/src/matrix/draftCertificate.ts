import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { type PrivateKeySpec, type PublicKeySpec, publicKeyOf } from '@cccd/crypto'
import { demoExtensionOid, extensionOids as oids } from '@cccd/pki'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { generalizedTimeText, integer, objectIdentifier, octetString, sequence, set, time } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import { publicKeyInfo } from '../asn1/publicKeyInfo.js'
import { keyIdentifierOf } from '../issuer/issueCertificate.js'
import { curveForm, signatureScheme } from '../issuer/KeyAlgorithm.js'
import type { CertificateDraft, DraftExtension, DraftName, MatrixContext, MatrixRole } from './CertificateDraft.js'

export interface MatrixCertificateInput {
  readonly role: MatrixRole
  readonly subject: string
  readonly key: PrivateKeySpec
  readonly issuer: { readonly subject: string; readonly key: PrivateKeySpec }
  readonly notBefore: Date
  readonly notAfter: Date
}

/** Of whom everything of the matrix is. */
export const matrixState = { alpha2: 'VN', alpha3: 'VNM' } as const

export function draftName(commonName: string): DraftName {
  return {
    attributes: [
      { oid: '2.5.4.6', text: matrixState.alpha2 },
      { oid: '2.5.4.10', text: 'DEMO Matrix' },
      { oid: '2.5.4.3', text: commonName },
    ],
    stringTag: 0x0c,
  }
}

/** A certificate that keeps to Doc 9303-12, 7.1 in everything but what its algorithm is. */
export function draftCertificate(input: MatrixCertificateInput, context: MatrixContext): CertificateDraft {
  const { algorithm, crypto, random } = context
  const { role, issuer, notBefore, notAfter } = input
  const scheme = signatureScheme(algorithm)
  const stated = encode(signatureIdentifier(scheme))
  const subjectKey = publicKeyOf(input.key)
  const serialNumber = random(16)
  serialNumber[0] = 0x41
  const identifier = (key: PublicKeySpec): Uint8Array => keyIdentifierOf(key, algorithm, crypto)
  return {
    version: 2,
    serialNumber,
    innerAlgorithm: stated,
    outerAlgorithm: stated,
    issuer: draftName(issuer.subject),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    subject: draftName(input.subject),
    publicKeyInfo: encode(publicKeyInfo(subjectKey, curveForm(algorithm))),
    extensions: [
      { oid: oids.authorityKeyIdentifier, value: sequence(encodeTlv(0x80, identifier(publicKeyOf(issuer.key)))) },
      { oid: oids.subjectKeyIdentifier, value: octetString(identifier(subjectKey)) },
      ...roleExtensions(role, notBefore, notAfter),
      { oid: demoExtensionOid, critical: true, value: encodeTlv(0x0c, encodeUtf8('DEMO')) },
    ],
    signature: { key: issuer.key, scheme },
    role,
    subjectKey,
  }
}

/** Content of a KeyUsage BIT STRING, the count of unused bits first. */
export const keyUsage = (unused: number, bits: number): Uint8Array => encodeTlv(0x03, Uint8Array.of(unused, bits))

const purposes = { 'master-list-signer': '2.23.136.1.1.3', 'deviation-list-signer': '2.23.136.1.1.8' } as const

export const purpose = (oid: string): Uint8Array => sequence(objectIdentifier(oid))

/** GeneralNames with the state's three letters (Doc 9303-12, 7.1.1.2). */
export const alternativeName = (locality: string): Uint8Array =>
  sequence(encodeTlv(0xa4, sequence(set(sequence(objectIdentifier('2.5.4.7'), encodeTlv(0x13, encodeUtf8(locality)))))))

export const distributionPoint = (uri: string): Uint8Array =>
  sequence(sequence(encodeTlv(0xa0, encodeTlv(0xa0, encodeTlv(0x86, encodeUtf8(uri))))))

export const documentTypes = (...types: readonly string[]): Uint8Array =>
  sequence(integer(0), set(...types.map((type) => encodeTlv(0x13, encodeUtf8(type)))))

export const keyUsagePeriod = (from: Date, to: Date): Uint8Array =>
  sequence(encodeTlv(0x80, generalizedTimeText(from)), encodeTlv(0x81, generalizedTimeText(to)))

export const basicConstraints = (...pathLength: readonly number[]): Uint8Array =>
  sequence(encodeTlv(0x01, Uint8Array.of(0xff)), ...pathLength.map(integer))

/** Doc 9303-12, 7.1, Table 6. */
function roleExtensions(role: MatrixRole, notBefore: Date, notAfter: Date): DraftExtension[] {
  const both: DraftExtension[] = [
    { oid: oids.subjectAltName, value: alternativeName(matrixState.alpha3) },
    { oid: oids.issuerAltName, value: alternativeName(matrixState.alpha3) },
    { oid: oids.crlDistributionPoints, value: distributionPoint('http://crl.example.invalid/demo.crl') },
  ]
  const period: DraftExtension = { oid: oids.privateKeyUsagePeriod, value: keyUsagePeriod(notBefore, notAfter) }
  if (role === 'csca')
    return [
      { oid: oids.keyUsage, critical: true, value: keyUsage(1, 0x06) },
      { oid: oids.basicConstraints, critical: true, value: basicConstraints(0) },
      period,
      ...both,
    ]
  const signs: DraftExtension = { oid: oids.keyUsage, critical: true, value: keyUsage(7, 0x80) }
  if (role === 'signer') return [signs, period, ...both, { oid: oids.documentTypeList, value: documentTypes('ID') }]
  return [signs, ...both, { oid: oids.extendedKeyUsage, critical: true, value: purpose(purposes[role]) }]
}
