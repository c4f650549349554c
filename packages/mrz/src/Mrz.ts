import type { MrzFormat } from './layouts.js'

export type MrzSex = 'male' | 'female' | 'unspecified'

/** A machine readable zone. Fillers are taken off; within names they are blanks. Plain data, printed masked. */
export interface Mrz {
  readonly format: MrzFormat
  readonly lines: readonly string[]
  readonly documentCode: string
  readonly issuingState: string
  /** Up to its long form. On the Vietnamese card the last nine digits of the personal number, not a number of the card. */
  readonly documentNumber: string
  /** Vietnam only: the twelve digits in the optional data of the card, or of the passport. */
  readonly personalNumber?: string
  /** What the optional data holds besides the rest of a long document number. */
  readonly optionalData?: string
  /** TD1, second line. */
  readonly optionalData2?: string
  readonly nationality: string
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; absent when the MRZ does not say. */
  readonly dateOfBirth?: string
  readonly sex: MrzSex
  /** `YYYY-MM-DD` or `'none'` */
  readonly dateOfExpiry: string
  readonly primaryIdentifier: string
  /** Empty when there is none. */
  readonly secondaryIdentifier: string
  /** The name field as it stands, for `compareNames`. */
  readonly nameField: string
  /** The name field is full to its last letter: the name may be cut. */
  readonly nameTruncated: boolean
  /** What BAC and PACE hash, exactly as the MRZ has it. */
  readonly keyInformation: string
}

/** Fields with a check digit. `personalNumber`: Vietnam's own on TD1, the one over the optional data on TD3. */
export type CheckedField = 'documentNumber' | 'dateOfBirth' | 'dateOfExpiry' | 'personalNumber' | 'composite'
