import { type CccdError, type Finding, type ParseOutcome, readSmallInteger } from '@cccd/core'
import { asTheyStand, type DataElement, DataElements, type DocumentName, present } from './dataElements.js'
import { attempt, malformed, openFile, type Parsed, personal, within } from './openFile.js'

/** Somebody to notify. What the file does not say, or not in its form, is absent. */
export interface PersonToNotify {
  /** 5F50: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly dateRecorded?: string
  /** 5F51 */
  readonly name?: DocumentName
  /** 5F52 */
  readonly telephone?: string
  /** 5F53: the parts of an address. */
  readonly address?: readonly string[]
  /** Every element as it stands. */
  readonly elements: readonly DataElement[]
}

/** DG16: persons to notify (Doc 9303-10, 4.7.16). */
export interface PersonsToNotify {
  readonly persons: readonly PersonToNotify[]
}

const label = 'PersonsToNotify'
const maxPersons = 15

function readDg16(bytes: Uint8Array): Parsed<PersonsToNotify> {
  const root = openFile(bytes, 'DG16')
  return within('DG16', () => {
    const findings: Finding[] = []
    const [count, ...templates] = root.children()
    if (templates.length > maxPersons) throw malformed('DG16', 'too many persons', { count: templates.length })
    if (readSmallInteger(count) !== templates.length)
      findings.push({ code: 'count-differs', severity: 'warning', field: 'DG16', data: { templates: templates.length } })
    const persons = templates.map((template, index) => {
      if (template.tag < 0xa1 || template.tag > 0xaf) throw malformed('DG16', 'another element stands among the persons')
      if (template.tag !== 0xa1 + index) findings.push({ code: 'template-tag-odd', severity: 'info', field: 'DG16' })
      const nodes = template.children()
      const elements = new DataElements('DG16', nodes, findings)
      return {
        ...present({
          dateRecorded: elements.date(0x5f50),
          name: elements.name(0x5f51),
          telephone: elements.text(0x5f52),
          address: elements.parts(0x5f53),
        }),
        elements: asTheyStand(nodes),
      }
    })
    return { value: { persons }, findings }
  })
}

/**
 * DG16: persons to notify in an emergency.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseDg16(bytes).persons[0].name // { primaryIdentifier: 'SMITH', secondaryIdentifier: 'CHARLES R' }
 */
export function parseDg16(bytes: Uint8Array): PersonsToNotify {
  return personal(readDg16(bytes), label).value
}

/** As {@link parseDg16}, with findings (`count-differs`, `template-tag-odd`, `value-odd`, …) and without throwing for bad data. */
export function tryParseDg16(bytes: Uint8Array): ParseOutcome<PersonsToNotify, CccdError> {
  return attempt(() => personal(readDg16(bytes), label))
}
