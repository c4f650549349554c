/** The fields of the payload by position. What comes after them on the card of 2024 is not known. */
export const qrFields = [
  'personalNumber',
  'previousIdNumber',
  'fullName',
  'dateOfBirth',
  'sex',
  'placeOfResidence',
  'issueDate',
] as const

export type QrField = (typeof qrFields)[number]

/** More fields than this are no card's: seven known ones and what later cards may add. */
export const maxFields = 24

/** The largest QR code (version 40, level L) holds 2,953 bytes; mojibake doubles some of them. */
export const maxPayloadLength = 6000
