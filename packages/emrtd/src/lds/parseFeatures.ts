import { type CccdError, type Finding, type ParseOutcome, readSmallInteger } from '@cccd/core'
import { asTheyStand, type DataElement } from './dataElements.js'
import { attempt, malformed, openFile, type Parsed, personal, within } from './openFile.js'

/** DG8 data features, DG9 structure features, DG10 substance features (Doc 9303-10, 4.7.8 to 4.7.10): their form is the issuer's own. */
export interface MachineFeatures {
  /** As the file says. */
  readonly count: number
  /** The templates as they stand. */
  readonly templates: readonly DataElement[]
}

const label = 'MachineFeatures'
const maxTemplates = 64

function readFeatures(bytes: Uint8Array, file: 'DG8' | 'DG9' | 'DG10'): Parsed<MachineFeatures> {
  const root = openFile(bytes, file)
  return within(file, () => {
    const findings: Finding[] = []
    const [number, ...nodes] = root.children()
    if (nodes.length > maxTemplates) throw malformed(file, 'too many templates', { count: nodes.length })
    const count = readSmallInteger(number)
    if (count !== nodes.length)
      findings.push({
        code: 'count-differs',
        severity: 'info',
        field: file,
        data: { templates: nodes.length },
      })
    return { value: { count, templates: asTheyStand(nodes) }, findings }
  })
}

/**
 * The templates of DG8, DG9 or DG10, raw behind their number.
 * @throws EmrtdError `EMRTD_FILE_MALFORMED`, `EMRTD_FILE_TOO_LARGE`
 * @example
 * parseFeatures(bytes, 'DG8').templates.length // 1
 */
export function parseFeatures(bytes: Uint8Array, file: 'DG8' | 'DG9' | 'DG10'): MachineFeatures {
  return personal(readFeatures(bytes, file), label).value
}

/** As {@link parseFeatures}, with findings (`count-differs`) and without throwing for bad data. */
export function tryParseFeatures(bytes: Uint8Array, file: 'DG8' | 'DG9' | 'DG10'): ParseOutcome<MachineFeatures, CccdError> {
  return attempt(() => personal(readFeatures(bytes, file), label))
}
