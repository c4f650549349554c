import type { Finding } from '@cccd/core'

/** Roles for which Doc 9303-12, 7.1 has a profile. */
export const certificateRoles = ['csca', 'csca-link', 'document-signer', 'master-list-signer', 'deviation-list-signer'] as const
export type CertificateRole = (typeof certificateRoles)[number]

/** What a certificate may do otherwise than Doc 9303-12, 7.1 says. Open: later versions may add some. */
export type ProfileCode =
  | 'certificate-field-unreadable'
  | 'certificate-version'
  | 'serial-number'
  | 'algorithm-differs'
  | 'hash-not-permitted'
  | 'curve-named'
  | 'weak-key'
  | 'unique-identifier'
  | 'time-encoding'
  | 'country-missing'
  | 'country-form'
  | 'country-differs'
  | 'common-name-missing'
  | 'extension-missing'
  | 'extension-not-allowed'
  | 'extension-criticality'
  | 'extension-unknown-critical'
  | 'key-identifier'
  | 'key-usage'
  | 'key-usage-more'
  | 'key-usage-period'
  | 'not-a-ca'
  | 'path-length'
  | 'certificate-purpose'
  | 'alternative-name'
  | 'distribution-point'
  | 'document-type'

export type ProfileFinding = Finding<ProfileCode>

/** Which findings refuse a certificate. */
export interface ProfilePolicy {
  readonly fatal: readonly ProfileCode[]
}

/**
 * What is fatal unless a policy says otherwise: what changes who may do what. The rest of the profile is broken by genuine certificates (280 of the
 * 588 of the German list have some finding): to refuse for it would be to refuse travellers, not forgers.
 */
export const defaultProfilePolicy: ProfilePolicy = {
  fatal: [
    'certificate-field-unreadable',
    'algorithm-differs',
    'country-differs',
    'extension-unknown-critical',
    'key-usage',
    'not-a-ca',
    'certificate-purpose',
  ],
}

/** Nothing that Doc 9303-12 says may be missing or otherwise. For an issuer who checks its own certificates before it issues. */
export const strictProfilePolicy: ProfilePolicy = {
  fatal: [
    ...defaultProfilePolicy.fatal,
    'certificate-version',
    'serial-number',
    'hash-not-permitted',
    'curve-named',
    'weak-key',
    'unique-identifier',
    'time-encoding',
    'country-missing',
    'country-form',
    'common-name-missing',
    'extension-missing',
    'extension-not-allowed',
    'extension-criticality',
    'key-identifier',
    'key-usage-more',
    'key-usage-period',
    'path-length',
    'alternative-name',
    'distribution-point',
    'document-type',
  ],
}
