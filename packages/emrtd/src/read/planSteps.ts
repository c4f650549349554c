import type { FileName } from '../lds/fileNames.js'
import type { ReadChipOptions, ReadStep } from './ReadChipOptions.js'

/** One step of a read to come, or one file. */
export interface PlannedStep {
  readonly step: ReadStep
  readonly file?: FileName
}

/** Small files first, so that a card taken away early has given the most; the face, then irises and fingers, last. */
export const filesBySize: readonly FileName[] = [
  ...(['COM', 'DG1', 'DG13', 'DG11', 'DG12', 'DG16', 'DG5', 'DG6', 'DG7', 'DG8', 'DG9', 'DG10'] as const),
  ...(['DG2', 'DG4', 'DG3'] as const),
]

/** What `readChip` is going to do, in its order: the files of the authentication protocols, then those that were asked for. */
export function planSteps({ files = ['DG1', 'DG2'], activeAuthentication, chipAuthentication }: ReadChipOptions): PlannedStep[] {
  const read = (file: FileName): PlannedStep => ({ step: 'read-file', file })
  const proveChip = chipAuthentication !== 'never'
  const sign = activeAuthentication !== undefined
  return [
    { step: 'open' },
    ...(files.includes('CardSecurity') ? [read('CardSecurity')] : []),
    read('SOD'),
    ...(proveChip || files.includes('DG14') ? [read('DG14')] : []),
    ...(proveChip ? [{ step: 'chip-authentication' }] : []),
    ...(sign || files.includes('DG15') ? [read('DG15')] : []),
    ...(sign ? [{ step: 'active-authentication' }] : []),
    ...filesBySize.filter((name) => files.includes(name)).map(read),
  ]
}
