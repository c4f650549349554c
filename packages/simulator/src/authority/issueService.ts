import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { type CryptoPort, publicKeyOf, type RandomSource } from '@cccd/crypto'
import { demoExtensionOid, parseCertificate } from '@cccd/pki'
import { OctetString } from '@peculiar/asn1-schema'
import { Certificate, Extension } from '@peculiar/asn1-x509'
import { objectIdentifier, octetString, sequence } from '../asn1/der.js'
import { buffer, decode } from '../asn1/encode.js'
import type { DemoAuthority } from '../issuer/DemoIssuer.js'
import { generateKey } from '../issuer/generateKey.js'
import { keyIdentifierOf, signCertificate } from '../issuer/issueCertificate.js'
import type { KeyAlgorithm } from '../issuer/KeyAlgorithm.js'
import { demoOrganisation, distinguishedName } from '../issuer/names.js'

export interface ServiceRequest {
  readonly purpose: 'ocsp' | 'timestamps'
  readonly notBefore: Date
  readonly notAfter: Date
  readonly algorithm?: KeyAlgorithm
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

const services = {
  ocsp: { purpose: '1.3.6.1.5.5.7.3.9', name: 'DEMO OCSP Responder' },
  timestamps: { purpose: '1.3.6.1.5.5.7.3.8', name: 'DEMO Timestamp Authority' },
} as const
const defaultAlgorithm: KeyAlgorithm = { type: 'ec', curve: 'P-256', hash: 'sha256', form: 'named' }

/**
 * A responder (RFC 6960 4.2.2.2, with id-pkix-ocsp-nocheck) or a timestamp authority (RFC 3161 2.3) under an issuer. The extension that says
 * DEMO is not critical here, so that ordinary verifiers can be tried; the one of the issuer's certificate is.
 */
export async function issueService(issuer: DemoAuthority, request: ServiceRequest): Promise<DemoAuthority> {
  const { purpose, notBefore, notAfter, algorithm = defaultAlgorithm, crypto, random } = request
  const service = services[purpose]
  const privateKey = await generateKey(algorithm, random)
  const subjectKey = publicKeyOf(privateKey)
  const authority = parseCertificate(issuer.certificate)
  const country = authority.subject.attributes.find(({ oid }) => oid === '2.5.4.6')?.value
  const extension = (extnID: string, value: Uint8Array, critical = false): Extension =>
    new Extension({ extnID, critical, extnValue: new OctetString(buffer(value)) })
  const certificate = await signCertificate(
    {
      subject: distinguishedName({ ...(country !== undefined && { C: country }), O: demoOrganisation, CN: service.name }),
      subjectKey,
      subjectAlgorithm: algorithm,
      issuer: decode(issuer.certificate, Certificate).tbsCertificate.subject,
      issuerKey: issuer.privateKey,
      issuerAlgorithm: issuer.algorithm,
      notBefore,
      notAfter,
      extensions: [
        extension('2.5.29.35', sequence(encodeTlv(0x80, authority.keyIdentifier ?? new Uint8Array(0)))),
        extension('2.5.29.14', octetString(keyIdentifierOf(subjectKey, algorithm, crypto))),
        extension('2.5.29.15', encodeTlv(0x03, Uint8Array.of(7, 0x80)), true),
        extension('2.5.29.37', sequence(objectIdentifier(service.purpose)), true),
        ...(purpose === 'ocsp' ? [extension('1.3.6.1.5.5.7.48.1.5', encodeTlv(0x05))] : []),
        extension(demoExtensionOid, encodeTlv(0x0c, encodeUtf8('DEMO'))),
      ],
    },
    { crypto, random },
  )
  return { certificate, privateKey, algorithm }
}
