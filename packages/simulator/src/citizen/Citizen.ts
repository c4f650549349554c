import type { Sex } from '@cccd/identity'
import type { TravelDocument } from './TravelDocument.js'

/** The card of the 2014 law (QR of 7 fields) or of the 2023 law, issued since July 2024 (11 fields). */
export type CardGeneration = '2021' | '2024'

/**
 * Everything about a person who does not exist. Plain data. Of the holder of another state's document, `document` holds what its MRZ
 * says, and what only a Vietnamese card knows is empty.
 */
export interface Citizen {
  readonly personalNumber: string
  /** Number of the nine-digit card before, when there was one. */
  readonly previousIdNumber?: string
  readonly fullName: string
  /** `YYYY-MM-DD` */
  readonly dateOfBirth: string
  readonly sex: Sex
  readonly nationality: string
  readonly ethnicity: string
  readonly religion: string
  readonly placeOfOrigin: string
  readonly placeOfResidence: string
  readonly identifyingMarks: string
  /** `YYYY-MM-DD` */
  readonly dateOfIssue: string
  /** `YYYY-MM-DD` or `'none'` */
  readonly dateOfExpiry: string
  readonly fatherName?: string
  readonly motherName?: string
  readonly spouseName?: string
  /** The sixteen characters of DG13 field 16, whose meaning is not known. */
  readonly cardCode: string
  readonly generation: CardGeneration
  /** Absent: a Vietnamese card. */
  readonly document?: TravelDocument
}
