import { encodeUtf8 } from '@cccd/core'

/** The three fields of an MRZ that open a chip, as the MRZ has them. */
export interface MrzKeyFields {
  /** As printed, without check digit; shorter numbers are filled with `<` to nine characters. */
  readonly documentNumber: string
  /** YYMMDD; `<<` for an unknown part. */
  readonly dateOfBirth: string
  /** YYMMDD; 991231 on Vietnamese cards without expiry. */
  readonly dateOfExpiry: string
}

const weights = [7, 3, 1] as const

/** The check digit of Doc 9303-3, 4.9: digits as they are, A to Z as 10 to 35, `<` as 0, weights 7 3 1, modulo 10. */
function checkDigit(text: string): string {
  let sum = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const value = code === 60 ? 0 : code >= 65 ? code - 55 : code - 48
    sum += value * (weights[at % 3] as number)
  }
  return String(sum % 10)
}

/**
 * MRZ_information: document number, date of birth and date of expiry, each with its check digit (Doc 9303-11, 4.3.2 and
 * 4.4.4.1), as bytes. A number longer than nine characters goes in whole (Doc 9303-5, 4.2.2.1 note j).
 */
export function mrzInformation(fields: MrzKeyFields): Uint8Array {
  const parts = [fields.documentNumber.padEnd(9, '<'), fields.dateOfBirth, fields.dateOfExpiry]
  return encodeUtf8(parts.map((part) => part + checkDigit(part)).join(''))
}
