import type { MatrixDefectEntry } from './MatrixVerdict.js'
import { csca, deviation, link, linkNow, list, noLink, notOfKey, now, profile, sod, unknown } from './matrixVerdicts.js'

const table = {
  // Time
  expired: {
    places: {
      signer: now('failed: expired'),
      csca: now('failed: expired'),
      link: linkNow('failed: expired'),
      'master-list-signer': list('failed: expired'),
      'deviation-list-signer': deviation('failed: expired'),
      'revocation-list': unknown('revocation-data-stale'),
    },
  },
  'not-yet-valid': {
    places: {
      signer: now('failed: not-yet-valid'),
      csca: now('failed: not-yet-valid'),
      link: linkNow('failed: not-yet-valid'),
      'master-list-signer': list('failed: not-yet-valid'),
      'deviation-list-signer': deviation('failed: not-yet-valid'),
      'revocation-list': unknown('revocation-data-not-yet-valid'),
    },
  },
  /** 2056 as UTCTime, which reads as 1956 (RFC 5280 4.1.2.5.1). */
  'utc-time-past-2049': {
    places: {
      signer: now('failed: expired', 'key-usage-period'),
      csca: now('failed: expired', 'key-usage-period'),
      link: linkNow('failed: expired', 'key-usage-period'),
      'master-list-signer': list('failed: expired'),
    },
  },
  'key-usage-period': { places: { signer: profile('key-usage-period'), csca: profile('key-usage-period') } },

  // Who may sign what
  'no-ca': { places: { csca: csca('failed: not-a-ca', 'not-a-ca'), link: link('failed: not-a-ca', 'not-a-ca') } },
  'no-basic-constraints': {
    places: {
      csca: csca('failed: not-a-ca', 'extension-missing', 'not-a-ca'),
      link: link('failed: not-a-ca', 'extension-missing', 'not-a-ca'),
    },
  },
  'basic-constraints-not-critical': {
    places: { csca: profile('extension-criticality'), link: profile('extension-criticality') },
  },
  'no-path-length': { places: { csca: profile('path-length'), link: profile('path-length') } },
  'path-length-1': { places: { csca: profile('path-length'), link: profile('path-length') } },
  /** An authority of another name between the country CA and the signer. */
  'intermediate-authority': { places: { link: csca('failed: path-too-long', 'path-length') } },
  'other-key-usage': {
    places: {
      signer: csca('failed: key-usage', 'key-usage', 'key-usage-more'),
      csca: csca('failed: not-a-ca', 'key-usage'),
      link: link('failed: not-a-ca', 'key-usage'),
      'master-list-signer': list('failed: key-usage', 'key-usage', 'key-usage-more'),
      'deviation-list-signer': deviation('failed: key-usage', 'key-usage', 'key-usage-more'),
    },
  },
  'no-list-signing': { places: { csca: { ...unknown('revocation-signer-not-allowed'), profile: ['key-usage'] } } },
  'more-key-usages': { places: { signer: profile('key-usage-more'), csca: profile('key-usage-more') } },
  'no-key-usage': {
    places: {
      signer: profile('extension-missing'),
      csca: profile('extension-missing'),
      link: profile('extension-missing'),
      'master-list-signer': profile('extension-missing'),
      'deviation-list-signer': profile('extension-missing'),
    },
  },
  'no-purpose': {
    places: {
      'master-list-signer': list('failed: not-a-list-signer', 'extension-missing', 'certificate-purpose'),
      'deviation-list-signer': deviation('failed: not-a-list-signer', 'extension-missing', 'certificate-purpose'),
    },
  },
  'purpose-of-other-list': {
    places: {
      'master-list-signer': list('failed: not-a-list-signer', 'certificate-purpose'),
      'deviation-list-signer': deviation('failed: not-a-list-signer', 'certificate-purpose'),
    },
  },
  'purpose-of-master-list': { places: { signer: csca('failed: extended-key-usage', 'extension-not-allowed') } },
  'purpose-of-server': { places: { signer: csca('failed: extended-key-usage', 'extension-not-allowed') } },
  'purpose-not-critical': {
    places: {
      'master-list-signer': profile('extension-criticality'),
      'deviation-list-signer': deviation('failed: not-a-list-signer', 'extension-criticality'),
    },
  },
  'other-document-type': { places: { signer: csca('failed: document-type') } },
  revoked: { places: { signer: csca('failed: revoked'), csca: csca('failed: revoked') } },

  // Extensions
  'unknown-critical-extension': {
    places: {
      signer: csca('failed: critical-extension', 'extension-unknown-critical'),
      csca: csca('failed: critical-extension', 'extension-unknown-critical'),
      link: link('failed: critical-extension', 'extension-unknown-critical'),
      'master-list-signer': list('failed: critical-extension', 'extension-unknown-critical'),
      'deviation-list-signer': deviation('failed: critical-extension', 'extension-unknown-critical'),
      'revocation-list': unknown('revocation-data-critical-extension'),
    },
  },
  'duplicate-extension': {
    places: {
      signer: csca('failed: certificate-malformed', 'certificate-field-unreadable'),
      csca: csca('failed: certificate-malformed', 'certificate-field-unreadable'),
      link: { ...noLink, profile: ['certificate-field-unreadable'] },
      'master-list-signer': list('failed: certificate-malformed', 'certificate-field-unreadable'),
      'deviation-list-signer': deviation('failed: certificate-malformed', 'certificate-field-unreadable'),
    },
  },
  'forbidden-extension': { places: { signer: profile('extension-not-allowed'), csca: profile('extension-not-allowed') } },
  'alternative-name-without-state': { places: { signer: profile('alternative-name'), csca: profile('alternative-name') } },
  'list-by-ftp': { places: { signer: profile('distribution-point'), csca: profile('distribution-point') } },
  'long-document-type': { places: { signer: profile('document-type') } },
  'no-authority-key-identifier': {
    places: {
      signer: csca('passed by name', 'extension-missing'),
      link: link('passed by name', 'extension-missing'),
      'master-list-signer': profile('extension-missing'),
      'deviation-list-signer': profile('extension-missing'),
    },
  },
  /** The key identifier of a key that nobody knows: the issuer's name leads on, and the signature decides. */
  'other-authority-key-identifier': {
    places: {
      signer: csca('passed by name'),
      link: link('passed by name'),
      'master-list-signer': list('passed'),
      'deviation-list-signer': deviation('passed'),
    },
  },
  'authority-by-serial-number': { places: { signer: csca('passed by name', 'key-identifier') } },

  // Fields
  'version-1': { places: { signer: profile('certificate-version'), csca: profile('certificate-version') } },
  'version-4': { places: { signer: profile('certificate-version'), csca: profile('certificate-version') } },
  /** An INTEGER that DER does not allow: leading zeros. */
  'padded-serial-number': {
    places: {
      signer: sod('inconclusive: no-signer-certificate', 'certificate-field-unreadable'),
      csca: csca('failed: certificate-malformed', 'certificate-field-unreadable'),
      link: { ...noLink, profile: ['certificate-field-unreadable'] },
      'master-list-signer': list('inconclusive: no-signer-certificate', 'certificate-field-unreadable'),
    },
  },
  'unique-identifier': { places: { signer: profile('unique-identifier'), csca: profile('unique-identifier') } },
  'other-country': {
    places: {
      signer: csca('failed: country-differs', 'country-differs'),
      link: link('failed: country-differs', 'country-differs'),
      'master-list-signer': list('failed: country-differs', 'country-differs'),
      'deviation-list-signer': deviation('failed: country-differs', 'country-differs'),
    },
  },
  'no-country': {
    places: {
      signer: csca('failed: country-differs', 'country-missing'),
      link: link('failed: country-differs', 'country-missing'),
      'master-list-signer': list('failed: country-differs', 'country-missing'),
      'deviation-list-signer': deviation('failed: country-differs', 'country-missing'),
    },
  },
  'no-common-name': {
    places: {
      signer: profile('common-name-missing'),
      // Nobody has the name under which the list is issued.
      csca: { ...unknown('revocation-signer-unknown'), profile: ['common-name-missing'] },
    },
  },

  // Signatures
  'other-key': {
    places: {
      signer: csca('failed: signature-wrong'),
      link: noLink,
      'master-list-signer': list('failed: signer-not-issued'),
      'deviation-list-signer': deviation('failed: signature-wrong'),
      'security-object': sod('failed: signature-wrong'),
      'master-list': list('failed: signature-wrong'),
      'deviation-list': deviation('failed: signature-wrong'),
      'revocation-list': unknown('signature-wrong'),
    },
  },
  'broken-signature': {
    places: {
      signer: csca('failed: signature-wrong'),
      csca: csca('failed: anchor-wrong'),
      link: noLink,
      'master-list-signer': list('failed: signer-not-issued'),
      'deviation-list-signer': deviation('failed: signature-wrong'),
      'security-object': sod('failed: signature-wrong'),
      'revocation-list': unknown('signature-wrong'),
    },
  },
  /** r of an ECDSA signature with a zero before it; an RSA signature a byte longer than the modulus. */
  'padded-signature': {
    places: {
      signer: csca('failed: signature-wrong'),
      csca: csca('failed: anchor-wrong'),
      link: noLink,
      'master-list-signer': list('failed: signer-not-issued'),
      'security-object': sod('failed: signature-wrong'),
      'revocation-list': unknown('signature-wrong'),
    },
  },
  'other-hash': { places: { signer: csca('failed: signature-wrong'), 'security-object': sod('failed: signature-wrong') } },
  'algorithm-differs': {
    places: {
      signer: csca('failed: algorithm-differs', 'algorithm-differs'),
      csca: csca('failed: anchor-wrong', 'algorithm-differs'),
      link: { ...noLink, profile: ['algorithm-differs'] },
      'master-list-signer': list('failed: signer-not-issued', 'algorithm-differs'),
      'deviation-list-signer': deviation('failed: algorithm-differs', 'algorithm-differs'),
      'revocation-list': unknown('algorithm-differs'),
    },
  },
  'unknown-algorithm': {
    places: {
      signer: csca('inconclusive: unsupported-algorithm', 'hash-not-permitted'),
      'master-list-signer': list('inconclusive: unsupported-algorithm', 'hash-not-permitted'),
      'deviation-list-signer': deviation('inconclusive: unsupported-algorithm', 'hash-not-permitted'),
      'security-object': sod('inconclusive: unsupported-algorithm'),
      'revocation-list': unknown('unsupported-algorithm'),
    },
  },
  'wrong-salt': {
    only: 'pss',
    places: { signer: csca('failed: signature-wrong'), 'security-object': sod('failed: signature-wrong') },
  },
  /** Absent, which stands for SHA-1 and a salt of 20 bytes (RFC 4055 3.1). */
  'pss-parameters-absent': {
    only: 'pss',
    places: {
      signer: csca('failed: signature-wrong', 'hash-not-permitted'),
      'security-object': sod('failed: signature-wrong'),
      'revocation-list': unknown('signature-wrong'),
    },
  },
  /** The SignerInfo signs another hash than digestAlgorithm names (RFC 4056 3). */
  'pss-digest-differs': { only: 'pss', places: { 'security-object': sod('failed: algorithm-differs') } },
  'forged-for-exponent-3': { only: 'exponent-3', places: { signer: csca('failed: signature-wrong') } },

  // Keys
  /** Under id-RSASSA-PSS, where the signatures are PKCS #1 v1.5 (RFC 4055 1.2). */
  'pss-key': { only: 'pkcs1', places: notOfKey },
  /** Under id-RSASSA-PSS with the parameters of another hash, or of a longer salt (RFC 4055 3.3). */
  'pss-key-of-other-hash': { only: 'pss', places: notOfKey },
  'pss-key-of-longer-salt': { only: 'pss', places: notOfKey },
  /** A point that is not on the curve; the exponent 1. */
  'bad-key': { places: { csca: csca('failed: key-wrong'), signer: sod('failed: key-wrong') } },
  /** The public point as the generator: then 1 is the private key (CVE-2020-0601). */
  'other-generator': {
    only: 'explicit-curve',
    places: { csca: csca('inconclusive: unsupported-algorithm'), signer: sod('inconclusive: unsupported-algorithm') },
  },
  'other-cofactor': {
    only: 'explicit-curve',
    places: { csca: csca('inconclusive: unsupported-algorithm'), signer: sod('inconclusive: unsupported-algorithm') },
  },
  'no-cofactor': {
    only: 'explicit-curve',
    places: { csca: csca('inconclusive: unsupported-algorithm'), signer: sod('inconclusive: unsupported-algorithm') },
  },
  'compressed-point': {
    only: 'ec',
    places: { csca: csca('inconclusive: unsupported-algorithm'), signer: sod('inconclusive: unsupported-algorithm') },
  },

  // Revocation lists
  'no-next-update': { places: { 'revocation-list': unknown('revocation-data-stale') } },
  'some-reasons': { places: { 'revocation-list': unknown('reasons-not-covered') } },
  'attribute-certificates-only': { places: { 'revocation-list': unknown('revocation-data-scope') } },
  'other-issuer': { places: { 'revocation-list': unknown('no-revocation-data') } },

  // Signed data
  'no-signer-info': {
    places: {
      'security-object': sod('failed: no-signer-info'),
      'master-list': list('failed: no-signer-info'),
      'deviation-list': deviation('failed: no-signer-info'),
    },
  },
  'no-content': { places: { 'security-object': sod('failed: no-content') } },
  'no-certificate': { places: { 'security-object': sod('inconclusive: no-signer-certificate') } },
  'no-attributes': { places: { 'security-object': sod('failed: structure-wrong') } },
  'repeated-digest': { places: { 'security-object': sod('failed: structure-wrong') } },
  'other-content-type': { places: { 'security-object': sod('failed: content-type-differs') } },
  'other-digest': {
    places: {
      'security-object': sod('failed: digest-wrong'),
      'master-list': list('failed: digest-wrong'),
      'deviation-list': deviation('failed: digest-wrong'),
    },
  },
  /** Whether the list signer's certificate was valid when it signed, nobody can say. */
  'no-signing-time': { places: { 'deviation-list': deviation('inconclusive: no-signing-time') } },
  'other-signing-certificate': { places: { 'security-object': sod('failed: signing-certificate-differs') } },
} as const satisfies Readonly<Record<string, MatrixDefectEntry>>
export type MatrixDefect = keyof typeof table

/**
 * What may be wrong with an issuer, where, and the verdict that must follow. A defect of a certificate is in the one certificate that the place
 * names; one of a security object or a list in what is signed there.
 */
export const matrixDefects: Readonly<Record<MatrixDefect, MatrixDefectEntry>> = table
