import { encodeTlv } from '@cccd/core'
import { type DigitForm, digitsOf, type ListDeviation, listedElements, nameText, textOf } from './listedElements.js'

/** A name with its identifiers apart. */
export interface WrittenName {
  readonly primaryIdentifier: string
  readonly secondaryIdentifier?: string
}

/** What DG11 is written from; texts in any script. */
export interface PersonalDetailsInput {
  readonly fullName?: WrittenName
  readonly otherNames?: readonly WrittenName[]
  readonly personalNumber?: string
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY` */
  readonly dateOfBirth?: string
  readonly placeOfBirth?: readonly string[]
  readonly permanentAddress?: readonly string[]
  readonly telephone?: string
  readonly profession?: string
  readonly title?: string
  readonly personalSummary?: string
  /** A JPEG or JPEG 2000 image. */
  readonly proofOfCitizenship?: Uint8Array
  readonly otherDocumentNumbers?: readonly string[]
  readonly custodyInformation?: string
}

export interface DetailsOptions {
  /** Default `bcd`. */
  readonly digits?: DigitForm
  readonly deviation?: ListDeviation
}

export const writtenName = ({ primaryIdentifier, secondaryIdentifier }: WrittenName): string =>
  nameText(primaryIdentifier, secondaryIdentifier)

/**
 * DG11: additional personal details (Doc 9303-10, 4.7.11).
 * @example dg11({ fullName: { primaryIdentifier: 'SMITH', secondaryIdentifier: 'JOHN J' }, placeOfBirth: ['ANYTOWN', 'MN'] })
 */
export function dg11(details: PersonalDetailsInput, options: DetailsOptions = {}): Uint8Array {
  const { fullName, otherNames = [] } = details
  const elements = [
    [0x5f0e, textOf(fullName && writtenName(fullName))],
    [0x5f10, textOf(details.personalNumber)],
    [0x5f2b, digitsOf(details.dateOfBirth, 8, options.digits ?? 'bcd')],
    [0x5f11, textOf(details.placeOfBirth)],
    [0x5f42, textOf(details.permanentAddress)],
    [0x5f12, textOf(details.telephone)],
    [0x5f13, textOf(details.profession)],
    [0x5f14, textOf(details.title)],
    [0x5f15, textOf(details.personalSummary)],
    [0x5f16, details.proofOfCitizenship],
    [0x5f17, textOf(details.otherDocumentNumbers)],
    [0x5f18, textOf(details.custodyInformation)],
  ] as const
  return encodeTlv(0x6b, listedElements(elements, { tag: 0x5f0f, values: otherNames.map(writtenName) }, options.deviation))
}
