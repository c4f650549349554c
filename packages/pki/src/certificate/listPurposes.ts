/** Extended key usage of who signs lists: id-icao-mrtd-security-masterListSigningKey, id-icao-DeviationListSigningKey (Doc 9303-12, 7.1.1.3). */
export const listPurposes = {
  'master-list-signer': '2.23.136.1.1.3',
  'deviation-list-signer': '2.23.136.1.1.8',
} as const
