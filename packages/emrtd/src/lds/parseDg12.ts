import type { CccdError, Finding, ParseOutcome } from '@cccd/core'
import { type DataElement, type DocumentName, present } from './dataElements.js'
import { listedElements } from './listedElements.js'
import { attempt, openFile, type Parsed, personal, within } from './openFile.js'

/** DG12: additional document details (Doc 9303-10, 4.7.12). What the file does not say, or not in its form, is absent. Texts are NFC. */
export interface AdditionalDocumentDetails {
  /** 5F19 */
  readonly issuingAuthority?: string
  /** 5F26: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly dateOfIssue?: string
  /** 5F1A: other persons in the document. */
  readonly otherPersons: readonly DocumentName[]
  /** 5F1B */
  readonly endorsements?: string
  /** 5F1C */
  readonly taxOrExitRequirements?: string
  /** 5F1D: a JPEG or JPEG 2000 image, as the next one. */
  readonly imageOfFront?: Uint8Array
  /** 5F1E */
  readonly imageOfRear?: Uint8Array
  /** 5F55: `YYYY-MM-DDThh:mm:ss`; the file does not state the zone. */
  readonly personalisedAt?: string
  /** 5F56: serial number of the personalisation system. */
  readonly personalisationSystem?: string
  /** Every element as it stands, unknown ones too. */
  readonly elements: readonly DataElement[]
}

const label = 'AdditionalDocumentDetails'

export function readDg12(bytes: Uint8Array): Parsed<AdditionalDocumentDetails> {
  const root = openFile(bytes, 'DG12')
  return within('DG12', () => {
    const findings: Finding[] = []
    const { elements, names, raw } = listedElements('DG12', root, 0x5f1a, findings)
    const value = {
      ...present({
        issuingAuthority: elements.text(0x5f19),
        dateOfIssue: elements.date(0x5f26),
        endorsements: elements.text(0x5f1b),
        taxOrExitRequirements: elements.text(0x5f1c),
        imageOfFront: elements.one(0x5f1d)?.value.slice(),
        imageOfRear: elements.one(0x5f1e)?.value.slice(),
        personalisedAt: elements.dateTime(0x5f55),
        personalisationSystem: elements.text(0x5f56),
      }),
      otherPersons: names,
      elements: raw,
    }
    return { value, findings }
  })
}

/**
 * DG12: additional document details.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseDg12(bytes).dateOfIssue // '2024-01-01'
 */
export function parseDg12(bytes: Uint8Array): AdditionalDocumentDetails {
  return personal(readDg12(bytes), label).value
}

/** As {@link parseDg12}, with findings (`not-listed`, `value-odd`, …) and without throwing for bad data. */
export function tryParseDg12(bytes: Uint8Array): ParseOutcome<AdditionalDocumentDetails, CccdError> {
  return attempt(() => personal(readDg12(bytes), label))
}
