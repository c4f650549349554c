import { type CccdError, decodeLatin1, type Finding, type ParseOutcome } from '@cccd/core'
import { type FileName, fileNames, files } from './fileNames.js'
import { attempt, malformed, openFile, type Parsed, within } from './openFile.js'

/** EF.COM (Doc 9303-10, 4.6.1). It is not signed: only the security object says which data groups belong to the document. */
export interface CommonData {
  /** e.g. `0107`. */
  readonly ldsVersion: string
  /** e.g. `040000`. */
  readonly unicodeVersion: string
  readonly dataGroups: readonly FileName[]
}

function readCom(bytes: Uint8Array): Parsed<CommonData> {
  const root = openFile(bytes, 'COM')
  return within('COM', () => {
    const findings: Finding[] = []
    const values = new Map<number, Uint8Array>()
    for (const child of root.children()) {
      if (values.has(child.tag)) throw malformed('COM', 'an element stands twice')
      values.set(child.tag, child.value)
    }
    const ldsVersion = digits(values.get(0x5f01), 4)
    const unicodeVersion = digits(values.get(0x5f36), 6)
    const list = values.get(0x5c)
    if (list === undefined || list.length > 32) throw malformed('COM', 'the list of data groups is missing or too long')
    const dataGroups: FileName[] = []
    for (const tag of list) {
      const name = fileNames.find((name) => files[name].tag === tag && name.startsWith('DG'))
      if (name === undefined) findings.push({ code: 'com-unknown-tag', severity: 'warning', field: 'COM' })
      else dataGroups.push(name)
    }
    return { value: { ldsVersion, unicodeVersion, dataGroups }, findings }
  })
}

function digits(value: Uint8Array | undefined, length: number): string {
  const text = value === undefined ? '' : decodeLatin1(value)
  if (text.length !== length || !/^\d+$/.test(text)) throw malformed('COM', 'a version is not its number of digits')
  return text
}

/**
 * EF.COM: versions and the list of data groups.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example parseCom(bytes).dataGroups // ['DG1', 'DG2', 'DG13', 'DG14', 'DG15']
 */
export function parseCom(bytes: Uint8Array): CommonData {
  return readCom(bytes).value
}

/** As {@link parseCom}, with findings (`com-unknown-tag`) and without throwing for bad data. */
export function tryParseCom(bytes: Uint8Array): ParseOutcome<CommonData, CccdError> {
  return attempt(() => readCom(bytes))
}
