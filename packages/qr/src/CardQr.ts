import type { Finding } from '@cccd/core'
import type { Sex } from '@cccd/identity'
import type { QrFindingCode } from './payload/findings.js'

/** Guessed from the number of fields: 7 on the CCCD of 2021, 11 (8 to 11 seen as such) on the Căn cước of 2024. No published rule. */
export type CardGeneration = 'cccd-2021' | 'can-cuoc-2024' | (string & {})

/**
 * What the QR code on a card says. A claim and no proof: nothing in it is signed, anybody can print one. It opens the chip
 * (`accessFromQr` of `@cccd/emrtd`), and the chip proves.
 */
export interface CardQr {
  /** Twelve digits. */
  readonly personalNumber: string
  /** CMND, nine digits. */
  readonly previousIdNumber?: string
  /** NFC, in the case of the card. */
  readonly fullName: string
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY` */
  readonly dateOfBirth: string
  readonly sex: Sex
  /** As on the card, often with the administrative names from before July 2025; `tidyAddress` takes the noise out. */
  readonly placeOfResidence: string
  /** `YYYY-MM-DD` */
  readonly issueDate: string
  /** Fields 7 and on, by position, empty ones too. Their meaning is not published. */
  readonly unknownFields: readonly string[]
  readonly generation: CardGeneration
  readonly findings: readonly Finding<QrFindingCode>[]
}
