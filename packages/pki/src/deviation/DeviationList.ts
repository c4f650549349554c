import type { HashAlgorithm } from '@cccd/crypto'
import type { DistinguishedName } from '../certificate/DistinguishedName.js'
import { listPurposes } from '../certificate/listPurposes.js'
import type { SignedData } from '../cms/SignedData.js'

export const deviationListOids = {
  content: '2.23.136.1.1.7',
  /** Extended key usage of who signs such lists (Doc 9303-12, 7.1.1.3). */
  signing: listPurposes['deviation-list-signer'],
} as const

/** What is known to be wrong, by the object identifiers of Doc 9303-12, 10.2. */
export const deviationTypes: ReadonlyMap<string, DeviationType> = /* @__PURE__ */ new Map<string, DeviationType>([
  ['2.23.136.1.1.7.1', 'certificate-or-key'],
  ['2.23.136.1.1.7.1.1', 'signer-signature-wrong'],
  ['2.23.136.1.1.7.1.2', 'signer-encoding'],
  ['2.23.136.1.1.7.1.3', 'csca-encoding'],
  ['2.23.136.1.1.7.1.4', 'active-authentication-key-compromised'],
  ['2.23.136.1.1.7.2', 'lds'],
  ['2.23.136.1.1.7.2.1', 'data-group-malformed'],
  ['2.23.136.1.1.7.2.2', 'data-group-hash-wrong'],
  ['2.23.136.1.1.7.2.3', 'sod-signature-wrong'],
  ['2.23.136.1.1.7.2.4', 'com-inconsistent'],
  ['2.23.136.1.1.7.3', 'mrz'],
  ['2.23.136.1.1.7.3.1', 'mrz-wrong-data'],
  ['2.23.136.1.1.7.3.2', 'mrz-wrong-check-digit'],
  ['2.23.136.1.1.7.4', 'chip'],
  ['2.23.136.1.1.7.5', 'national-use'],
])
export type DeviationType =
  | 'certificate-or-key'
  | 'signer-signature-wrong'
  | 'signer-encoding'
  | 'csca-encoding'
  | 'active-authentication-key-compromised'
  | 'lds'
  | 'data-group-malformed'
  | 'data-group-hash-wrong'
  | 'sod-signature-wrong'
  | 'com-inconsistent'
  | 'mrz'
  | 'mrz-wrong-data'
  | 'mrz-wrong-check-digit'
  | 'chip'
  | 'national-use'

/** One thing that is wrong with some documents. */
export interface DeviationDescription {
  /** Absent when the object identifier is unknown. */
  readonly type?: DeviationType
  readonly oid: string
  /** Free text of the issuer. */
  readonly description?: string
  /** Which data group (1 to 16, 20 the SOD, 21 COM), field of the MRZ or of the certificate, where the type names one. */
  readonly parameter?: number | string
}

export type DeviationSigner =
  | { readonly type: 'issuer-and-serial'; readonly issuer: DistinguishedName; readonly serialNumber: Uint8Array }
  | { readonly type: 'key-identifier'; readonly keyIdentifier: Uint8Array }
  | { readonly type: 'digest'; readonly digest: Uint8Array }

/** Which documents deviate: everything given must fit. With nothing given, all of the issuer's. */
export interface DeviationDocuments {
  /** Document code of the MRZ, without fillers. */
  readonly documentType?: string
  readonly signer?: DeviationSigner
  /** ISO 8601 UTC, both inclusive. */
  readonly issued?: { readonly from: string; readonly to: string }
  readonly documentNumbers?: readonly string[]
}

export interface Deviation {
  readonly documents: DeviationDocuments
  readonly descriptions: readonly DeviationDescription[]
}

/** A deviation list (Doc 9303-12, 10): nothing in it has been verified. */
export interface DeviationList {
  readonly version: number
  /** How certificate digests in it were made. */
  readonly digestAlgorithm?: HashAlgorithm
  readonly deviations: readonly Deviation[]
  readonly signedData: SignedData
}

/** A code or number of an MRZ without what it is filled up with. */
export function documentCode(text: string): string {
  return text.replaceAll('<', '').trim().toUpperCase()
}
