/** For whom an issuer signs. */
export interface IssuingState {
  /** In certificates: two letters (ISO 3166-1); UTO, which is no state, has no such code. */
  readonly alpha2: string
  /** Three letters, in the MRZ (Doc 9303-3, section 5). */
  readonly alpha3: string
  /** Codes of the documents that its signer may sign (Doc 9303-12, 7.1.1.6). */
  readonly documentTypes: readonly string[]
}

export const vietnam: IssuingState = { alpha2: 'VN', alpha3: 'VNM', documentTypes: ['ID'] }
