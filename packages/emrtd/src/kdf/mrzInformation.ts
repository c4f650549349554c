import { encodeUtf8 } from '@cccd/core'
import { checkDigit } from '@cccd/mrz'

/** The three fields of an MRZ that open a chip, as the MRZ has them. */
export interface MrzKeyFields {
  /** As printed, without check digit; shorter numbers are filled with `<` to nine characters. */
  readonly documentNumber: string
  /** YYMMDD; `<<` for an unknown part. */
  readonly dateOfBirth: string
  /** YYMMDD; 991231 on Vietnamese cards without expiry. */
  readonly dateOfExpiry: string
}

/**
 * MRZ_information: document number, date of birth and date of expiry, each with its check digit (Doc 9303-11, 4.3.2 and
 * 4.4.4.1), as bytes. A number longer than nine characters goes in whole (Doc 9303-5, 4.2.2.1 note j).
 */
export function mrzInformation(fields: MrzKeyFields): Uint8Array {
  const parts = [fields.documentNumber.padEnd(9, '<'), fields.dateOfBirth, fields.dateOfExpiry]
  return encodeUtf8(parts.map((part) => part + checkDigit(part)).join(''))
}
