import { CccdError, expectTag, type Finding, type ParseOutcome, readSmallInteger, type TlvNode } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import { asTheyStand, type DataElement, present } from './dataElements.js'
import { attempt, type Parsed } from './openFile.js'
import { badObjects, readDataObjects } from './readDataObjects.js'

/** Card service data, DO 43 (ISO/IEC 7816-4, 12.1.1.7). */
export interface CardServiceData {
  readonly selectionByFullName: boolean
  readonly selectionByPartialName: boolean
  /** Data objects are available in EF.DIR, in EF.ATR/INFO. */
  readonly directory: boolean
  readonly atrInfo: boolean
  /** Whether there is a master file. */
  readonly masterFile: boolean
}

/** Card capabilities, DO 47 (ISO/IEC 7816-4, 12.1.1.9). */
export interface CardCapabilities {
  readonly selectionByFullName: boolean
  readonly selectionByPartialName: boolean
  readonly selectionByPath: boolean
  readonly selectionByFileIdentifier: boolean
  readonly shortFileIdentifiers: boolean
  readonly commandChaining: boolean
  /** Extended Lc and Le fields. */
  readonly extendedLength: boolean
  /** The sizes stand in DO 7F66. */
  readonly extendedLengthInformation: boolean
}

/** EF.ATR/INFO (Doc 9303-10, 3.11.3). It is not signed. */
export interface AtrInfo {
  readonly cardServiceData?: CardServiceData
  readonly cardCapabilities?: CardCapabilities
  /** DO 7F66: the largest APDUs in bytes. */
  readonly extendedLength?: { readonly maxCommandLength: number; readonly maxResponseLength: number }
  /** DO 46: maker of chip and operating system, by its own rules. */
  readonly preIssuingData?: Uint8Array
  /** Every data object as it stands. */
  readonly elements: readonly DataElement[]
}

function serviceData(node: TlvNode | undefined): CardServiceData | undefined {
  const byte = node?.value[0]
  if (byte === undefined) return undefined
  return {
    selectionByFullName: (byte & 0x80) !== 0,
    selectionByPartialName: (byte & 0x40) !== 0,
    directory: (byte & 0x20) !== 0,
    atrInfo: (byte & 0x10) !== 0,
    masterFile: (byte & 0x01) === 0,
  }
}

function capabilities(node: TlvNode | undefined): CardCapabilities | undefined {
  const [selection, , third = 0] = node?.value ?? []
  if (selection === undefined) return undefined
  return {
    selectionByFullName: (selection & 0x80) !== 0,
    selectionByPartialName: (selection & 0x40) !== 0,
    selectionByPath: (selection & 0x20) !== 0,
    selectionByFileIdentifier: (selection & 0x10) !== 0,
    shortFileIdentifiers: (selection & 0x04) !== 0,
    commandChaining: (third & 0x80) !== 0,
    extendedLength: (third & 0x40) !== 0,
    extendedLengthInformation: (third & 0x20) !== 0,
  }
}

function extendedLength(node: TlvNode | undefined): AtrInfo['extendedLength'] {
  if (node === undefined) return undefined
  const [command, response, ...more] = node.children()
  if (more.length > 0) throw badObjects('ATR/INFO', 'extended length information holds more than two numbers')
  return {
    maxCommandLength: readSmallInteger(expectTag(command, 0x02)),
    maxResponseLength: readSmallInteger(expectTag(response, 0x02)),
  }
}

function readAtrInfo(bytes: Uint8Array): Parsed<AtrInfo> {
  const findings: Finding[] = []
  try {
    const nodes = readDataObjects(bytes, 'ATR/INFO', findings)
    const find = (tag: number): TlvNode | undefined => nodes.find((node) => node.tag === tag)
    const value = {
      ...present({
        cardServiceData: serviceData(find(0x43)),
        cardCapabilities: capabilities(find(0x47)),
        extendedLength: extendedLength(find(0x7f66)),
        preIssuingData: find(0x46)?.value.slice(),
      }),
      elements: asTheyStand(nodes),
    }
    return { value, findings }
  } catch (cause) {
    if (cause instanceof EmrtdError || !CccdError.is(cause)) throw cause
    throw badObjects('ATR/INFO', 'file is not a list of data objects', cause)
  }
}

/**
 * EF.ATR/INFO: what the chip says it can do.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseAtrInfo(bytes).extendedLength // { maxCommandLength: 1024, maxResponseLength: 1024 }
 */
export function parseAtrInfo(bytes: Uint8Array): AtrInfo {
  return readAtrInfo(bytes).value
}

/** As {@link parseAtrInfo}, with findings (`file-padded`) and without throwing for bad data. */
export function tryParseAtrInfo(bytes: Uint8Array): ParseOutcome<AtrInfo, CccdError> {
  return attempt(() => readAtrInfo(bytes))
}
