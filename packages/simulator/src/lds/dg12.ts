import { encodeTlv } from '@cccd/core'
import { type DetailsOptions, type WrittenName, writtenName } from './dg11.js'
import { digitsOf, listedElements, textOf } from './listedElements.js'

/** What DG12 is written from; texts in any script. */
export interface DocumentDetailsInput {
  readonly issuingAuthority?: string
  /** `YYYY-MM-DD` */
  readonly dateOfIssue?: string
  readonly otherPersons?: readonly WrittenName[]
  readonly endorsements?: string
  readonly taxOrExitRequirements?: string
  /** A JPEG or JPEG 2000 image, as the next one. */
  readonly imageOfFront?: Uint8Array
  readonly imageOfRear?: Uint8Array
  /** `YYYY-MM-DDThh:mm:ss` */
  readonly personalisedAt?: string
  readonly personalisationSystem?: string
}

/** DG12: additional document details (Doc 9303-10, 4.7.12). */
export function dg12(details: DocumentDetailsInput, options: DetailsOptions = {}): Uint8Array {
  const { otherPersons = [] } = details
  const form = options.digits ?? 'bcd'
  const elements = [
    [0x5f19, textOf(details.issuingAuthority)],
    [0x5f26, digitsOf(details.dateOfIssue, 8, form)],
    [0x5f1b, textOf(details.endorsements)],
    [0x5f1c, textOf(details.taxOrExitRequirements)],
    [0x5f1d, details.imageOfFront],
    [0x5f1e, details.imageOfRear],
    [0x5f55, digitsOf(details.personalisedAt, 14, form)],
    [0x5f56, textOf(details.personalisationSystem)],
  ] as const
  return encodeTlv(0x6c, listedElements(elements, { tag: 0x5f1a, values: otherPersons.map(writtenName) }, options.deviation))
}
