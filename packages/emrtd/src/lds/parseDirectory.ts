import { CccdError, encodeHex, expectTag, type Finding, type ParseOutcome, type TlvNode } from '@cccd/core'
import { EmrtdError } from '../errors.js'
import { asTheyStand, type DataElement, present } from './dataElements.js'
import { attempt, type Parsed } from './openFile.js'
import { badObjects, readDataObjects } from './readDataObjects.js'

/** An application of the chip. */
export interface DirectoryEntry {
  readonly applicationId: Uint8Array
  /** By Doc 9303-10: `lds1`, `travel-records`, `visa-records`, `additional-biometrics`; absent for others. */
  readonly application?: 'lds1' | 'travel-records' | 'visa-records' | 'additional-biometrics'
  /** The entry's data objects as they stand. */
  readonly elements: readonly DataElement[]
}

/** EF.DIR (Doc 9303-10, 3.11.2). It is not signed. */
export interface Directory {
  readonly entries: readonly DirectoryEntry[]
}

const applications: Readonly<Record<string, NonNullable<DirectoryEntry['application']>>> = {
  a0000002471001: 'lds1',
  a0000002472001: 'travel-records',
  a0000002472002: 'visa-records',
  a0000002472003: 'additional-biometrics',
}

function readEntry(node: TlvNode): DirectoryEntry {
  const children = expectTag(node, 0x61).children()
  const applicationId = children.find(({ tag }) => tag === 0x4f)?.value.slice()
  if (applicationId === undefined || applicationId.length === 0 || applicationId.length > 16)
    throw badObjects('DIR', 'an application has no identifier')
  return { applicationId, ...present({ application: applications[encodeHex(applicationId)] }), elements: asTheyStand(children) }
}

function readDirectory(bytes: Uint8Array): Parsed<Directory> {
  const findings: Finding[] = []
  try {
    return { value: { entries: readDataObjects(bytes, 'DIR', findings).map(readEntry) }, findings }
  } catch (cause) {
    if (cause instanceof EmrtdError || !CccdError.is(cause)) throw cause
    throw badObjects('DIR', 'file is not a list of applications', cause)
  }
}

/**
 * EF.DIR: the applications of the chip.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseDirectory(bytes).entries.map(({ application }) => application) // ['lds1']
 */
export function parseDirectory(bytes: Uint8Array): Directory {
  return readDirectory(bytes).value
}

/** As {@link parseDirectory}, with findings (`file-padded`) and without throwing for bad data. */
export function tryParseDirectory(bytes: Uint8Array): ParseOutcome<Directory, CccdError> {
  return attempt(() => readDirectory(bytes))
}
