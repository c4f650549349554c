import { concatBytes, encodeTlv, encodeUtf8, parseTlv, type TlvNode } from '@cccd/core'
import { extensionOids as oids } from '@cccd/pki'
import { signatureIdentifier } from '../asn1/algorithmIdentifier.js'
import { bitString, integer, sequence } from '../asn1/der.js'
import { encode } from '../asn1/encode.js'
import type { CertificateDraft, Change, DraftExtension } from './CertificateDraft.js'
import {
  alternativeName,
  basicConstraints,
  distributionPoint,
  documentTypes,
  keyUsage,
  keyUsagePeriod,
  purpose,
} from './draftCertificate.js'
import { explicitKeyInfo } from './explicitKeyInfo.js'
import type { MatrixDefect } from './matrixDefects.js'
import { otherHash } from './otherHash.js'
import { pssKeyInfo } from './pssKeyInfo.js'
import { absentParameters, type SignedDraft, signatureDefects, unknownAlgorithm } from './signatureDefects.js'

type CertificateChange = Change<CertificateDraft>

const without =
  (oid: string): CertificateChange =>
  (draft) => ({ ...draft, extensions: draft.extensions.filter((extension) => extension.oid !== oid) })

const adding =
  (...added: readonly DraftExtension[]): CertificateChange =>
  (draft) => ({ ...draft, extensions: [...draft.extensions, ...added] })

/** Another value, or another criticality, of an extension that stands there. */
const changing =
  (oid: string, change: Partial<DraftExtension>): CertificateChange =>
  (draft) => ({
    ...draft,
    extensions: draft.extensions.map((extension) => (extension.oid === oid ? { ...extension, ...change } : extension)),
  })

const withoutAttribute =
  (type: string): CertificateChange =>
  (draft) => ({ ...draft, subject: { ...draft.subject, attributes: draft.subject.attributes.filter(({ oid }) => oid !== type) } })

/** Both AlgorithmIdentifiers of a certificate. */
const stating =
  (algorithm: (draft: CertificateDraft) => Uint8Array): CertificateChange =>
  (draft) => ({ ...draft, innerAlgorithm: algorithm(draft), outerAlgorithm: algorithm(draft) })

const signing =
  (change: Change<SignedDraft>): CertificateChange =>
  async (draft, context) => ({ ...draft, ...(await change(draft, context)) })

const authoritySerialNumber = sequence(encodeTlv(0xa1, encodeTlv(0xa4, sequence())), encodeTlv(0x82, Uint8Array.of(0x41)))

const listPurposes = { 'master-list-signer': '2.23.136.1.1.8', 'deviation-list-signer': '2.23.136.1.1.3' } as const

const badKey: CertificateChange = (draft) => {
  const { subjectKey } = draft
  if (subjectKey.type === 'ec') {
    const point = subjectKey.point.slice()
    const last = point.length - 1
    point[last] = (point[last] as number) ^ 1
    return keyBits(draft, point)
  }
  return keyBits(draft, sequence(integer(subjectKey.modulus), integer(1)))
}

const compressedPoint: CertificateChange = (draft) => {
  const { subjectKey } = draft
  if (subjectKey.type !== 'ec') throw new TypeError('only elliptic-curve keys are points')
  const { point } = subjectKey
  const half = (point.length - 1) / 2
  const sign = (point[point.length - 1] as number) & 1
  return keyBits(draft, concatBytes(Uint8Array.of(2 + sign), point.subarray(1, 1 + half)))
}

/** The algorithm of the key as it stands there, with other bits. */
function keyBits(draft: CertificateDraft, bits: Uint8Array): CertificateDraft {
  const [algorithm] = parseTlv(draft.publicKeyInfo).children() as [TlvNode]
  return { ...draft, publicKeyInfo: sequence(algorithm.raw, bitString(bits)) }
}

/** What each defect of a certificate changes in it. */
export const certificateDefects: Readonly<Partial<Record<MatrixDefect, CertificateChange>>> = {
  'utc-time-past-2049': (draft) => ({ ...draft, notAfter: encodeTlv(0x17, encodeUtf8('560101000000Z')) }),
  'key-usage-period': changing(oids.privateKeyUsagePeriod, {
    value: keyUsagePeriod(new Date('2001-01-01T00:00:00Z'), new Date('2002-01-01T00:00:00Z')),
  }),

  'no-ca': changing(oids.basicConstraints, { value: sequence() }),
  'no-basic-constraints': without(oids.basicConstraints),
  'basic-constraints-not-critical': changing(oids.basicConstraints, { critical: false }),
  'no-path-length': changing(oids.basicConstraints, { value: basicConstraints() }),
  'path-length-1': changing(oids.basicConstraints, { value: basicConstraints(1) }),
  // What kept the path length of a country CA would be taken for a link to a new name, as a tenth of the links of public lists are.
  'intermediate-authority': changing(oids.basicConstraints, { value: basicConstraints() }),
  // An authority that signs lists and no certificates; a key that agrees keys.
  'other-key-usage': (draft, context) =>
    changing(oids.keyUsage, { value: draft.role === 'csca' ? keyUsage(1, 0x02) : keyUsage(3, 0x08) })(draft, context),
  'no-list-signing': changing(oids.keyUsage, { value: keyUsage(2, 0x04) }),
  'more-key-usages': changing(oids.keyUsage, { value: keyUsage(1, 0x86) }),
  'no-key-usage': without(oids.keyUsage),
  'no-purpose': without(oids.extendedKeyUsage),
  'purpose-of-other-list': (draft, context) =>
    draft.role === 'csca' || draft.role === 'signer'
      ? draft
      : changing(oids.extendedKeyUsage, { value: purpose(listPurposes[draft.role]) })(draft, context),
  'purpose-of-master-list': adding({ oid: oids.extendedKeyUsage, critical: true, value: purpose('2.23.136.1.1.3') }),
  /** TLS servers, RFC 5280 4.2.1.12. */
  'purpose-of-server': adding({ oid: oids.extendedKeyUsage, value: purpose('1.3.6.1.5.5.7.3.1') }),
  'purpose-not-critical': changing(oids.extendedKeyUsage, { critical: false }),
  'other-document-type': changing(oids.documentTypeList, { value: documentTypes('P') }),

  'unknown-critical-extension': adding({ oid: '1.3.6.1.4.1.99999.1', critical: true, value: encodeTlv(0x05) }),
  'duplicate-extension': (draft) => ({ ...draft, extensions: [...draft.extensions, ...draft.extensions.slice(0, 1)] }),
  'forbidden-extension': adding({ oid: '2.16.840.1.113730.1.1', value: encodeTlv(0x03, Uint8Array.of(0, 0)) }),
  'alternative-name-without-state': changing(oids.subjectAltName, { value: alternativeName('Ha Noi') }),
  'list-by-ftp': changing(oids.crlDistributionPoints, { value: distributionPoint('ftp://crl.example.invalid/demo.crl') }),
  'long-document-type': changing(oids.documentTypeList, { value: documentTypes('ID', 'IDX') }),
  'no-authority-key-identifier': without(oids.authorityKeyIdentifier),
  'other-authority-key-identifier': (draft, context) =>
    changing(oids.authorityKeyIdentifier, { value: sequence(encodeTlv(0x80, context.random(20))) })(draft, context),
  'authority-by-serial-number': changing(oids.authorityKeyIdentifier, { value: authoritySerialNumber }),

  'version-1': (draft) => ({ ...draft, version: undefined }),
  'version-4': (draft) => ({ ...draft, version: 3 }),
  'padded-serial-number': (draft) => ({ ...draft, serialNumber: concatBytes(new Uint8Array(2), draft.serialNumber) }),
  'unique-identifier': (draft) => ({ ...draft, uniqueIdentifier: Uint8Array.of(1) }),
  'other-country': (draft) => ({
    ...draft,
    subject: {
      ...draft.subject,
      attributes: draft.subject.attributes.map((each) => (each.oid === '2.5.4.6' ? { ...each, text: 'XU' } : each)),
    },
  }),
  'no-country': withoutAttribute('2.5.4.6'),
  'no-common-name': withoutAttribute('2.5.4.3'),

  'algorithm-differs': (draft) => ({
    ...draft,
    innerAlgorithm: encode(signatureIdentifier({ ...draft.signature.scheme, hash: otherHash(draft.signature.scheme.hash) })),
  }),
  'unknown-algorithm': stating(() => unknownAlgorithm),
  'pss-parameters-absent': stating(() => absentParameters),
  ...Object.fromEntries(Object.entries(signatureDefects).map(([defect, change]) => [defect, signing(change)])),

  'bad-key': badKey,
  'pss-key': pssKeyInfo('none'),
  'pss-key-of-other-hash': pssKeyInfo('other-hash'),
  'pss-key-of-longer-salt': pssKeyInfo('longer-salt'),
  'other-generator': explicitKeyInfo({ generator: 'own' }),
  'other-cofactor': explicitKeyInfo({ cofactor: 2 }),
  'no-cofactor': explicitKeyInfo({ cofactor: 'none' }),
  'compressed-point': compressedPoint,
}
