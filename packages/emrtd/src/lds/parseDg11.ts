import type { CccdError, Finding, ParseOutcome } from '@cccd/core'
import { type DataElement, type DocumentName, present } from './dataElements.js'
import { listedElements } from './listedElements.js'
import { attempt, openFile, type Parsed, personal, within } from './openFile.js'

/** DG11: additional personal details (Doc 9303-10, 4.7.11). What the file does not say, or not in its form, is absent. Texts are NFC. */
export interface AdditionalPersonalDetails {
  /** 5F0E: in national characters. */
  readonly fullName?: DocumentName
  /** 5F0F */
  readonly otherNames: readonly DocumentName[]
  /** 5F10 */
  readonly personalNumber?: string
  /** 5F2B: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly dateOfBirth?: string
  /** 5F11: the parts of a place, e.g. town and state. */
  readonly placeOfBirth?: readonly string[]
  /** 5F42 */
  readonly permanentAddress?: readonly string[]
  /** 5F12 */
  readonly telephone?: string
  /** 5F13 */
  readonly profession?: string
  /** 5F14 */
  readonly title?: string
  /** 5F15 */
  readonly personalSummary?: string
  /** 5F16: a JPEG or JPEG 2000 image. */
  readonly proofOfCitizenship?: Uint8Array
  /** 5F17: numbers of other valid travel documents. */
  readonly otherDocumentNumbers?: readonly string[]
  /** 5F18 */
  readonly custodyInformation?: string
  /** Every element as it stands, unknown ones too. */
  readonly elements: readonly DataElement[]
}

const label = 'AdditionalPersonalDetails'

export function readDg11(bytes: Uint8Array): Parsed<AdditionalPersonalDetails> {
  const root = openFile(bytes, 'DG11')
  return within('DG11', () => {
    const findings: Finding[] = []
    const { elements, names, raw } = listedElements('DG11', root, 0x5f0f, findings)
    const citizenship = elements.one(0x5f16)
    const value = {
      ...present({
        fullName: elements.name(0x5f0e),
        personalNumber: elements.text(0x5f10),
        dateOfBirth: elements.date(0x5f2b),
        placeOfBirth: elements.parts(0x5f11),
        permanentAddress: elements.parts(0x5f42),
        telephone: elements.text(0x5f12),
        profession: elements.text(0x5f13),
        title: elements.text(0x5f14),
        personalSummary: elements.text(0x5f15),
        proofOfCitizenship: citizenship?.value.slice(),
        otherDocumentNumbers: elements.parts(0x5f17),
        custodyInformation: elements.text(0x5f18),
      }),
      otherNames: names,
      elements: raw,
    }
    return { value, findings }
  })
}

/**
 * DG11: additional personal details, the full name in national characters among them.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseDg11(bytes).fullName // { primaryIdentifier: 'MÜLLER', secondaryIdentifier: 'ERIKA' }
 */
export function parseDg11(bytes: Uint8Array): AdditionalPersonalDetails {
  return personal(readDg11(bytes), label).value
}

/** As {@link parseDg11}, with findings (`not-listed`, `value-odd`, …) and without throwing for bad data. */
export function tryParseDg11(bytes: Uint8Array): ParseOutcome<AdditionalPersonalDetails, CccdError> {
  return attempt(() => personal(readDg11(bytes), label))
}
