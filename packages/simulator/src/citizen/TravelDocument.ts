/** Sizes of documents (Doc 9303-4 to -6). */
export type TravelDocumentFormat = 'TD1' | 'TD2' | 'TD3'

/** What the MRZ of another state's document holds beside its holder. */
export interface TravelDocument {
  readonly format: TravelDocumentFormat
  /** Three letters (Doc 9303-3, section 5). */
  readonly issuingState: string
  readonly documentNumber: string
  readonly optionalData: string
  /** Check digit of empty optional data in a TD3 (default 0). */
  readonly blankCheckDigit?: '<' | '0'
  readonly primaryIdentifier: string
  readonly secondaryIdentifier: string
}
