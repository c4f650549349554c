/** Elementary files by their names in Doc 9303-10. */
export const fileNames = [
  'CardAccess',
  'CardSecurity',
  'COM',
  'SOD',
  'DG1',
  'DG2',
  'DG3',
  'DG4',
  'DG5',
  'DG6',
  'DG7',
  'DG8',
  'DG9',
  'DG10',
  'DG11',
  'DG12',
  'DG13',
  'DG14',
  'DG15',
  'DG16',
] as const

export type FileName = (typeof fileNames)[number]

/** Where a file is and how it begins. */
export interface FileEntry {
  /** File identifier for SELECT. */
  readonly fid: number
  /** Short file identifier for READ BINARY. */
  readonly sfi: number
  /** First tag of its content. */
  readonly tag: number
  /** `master`: outside the LDS application, readable before it is selected. */
  readonly application: 'master' | 'lds1'
}

const lds1 = (fid: number, tag: number): FileEntry => ({ fid, sfi: fid & 0x1f, tag, application: 'lds1' })

/**
 * Doc 9303-10, 3.11 and 4.2, tables 34 to 38. EF.CardSecurity and EF.SOD share file and short identifier: the selected application
 * decides which one answers.
 */
export const files: Readonly<Record<FileName, FileEntry>> = {
  CardAccess: { fid: 0x011c, sfi: 0x1c, tag: 0x31, application: 'master' },
  CardSecurity: { fid: 0x011d, sfi: 0x1d, tag: 0x30, application: 'master' },
  COM: lds1(0x011e, 0x60),
  SOD: lds1(0x011d, 0x77),
  DG1: lds1(0x0101, 0x61),
  DG2: lds1(0x0102, 0x75),
  DG3: lds1(0x0103, 0x63),
  DG4: lds1(0x0104, 0x76),
  DG5: lds1(0x0105, 0x65),
  DG6: lds1(0x0106, 0x66),
  DG7: lds1(0x0107, 0x67),
  DG8: lds1(0x0108, 0x68),
  DG9: lds1(0x0109, 0x69),
  DG10: lds1(0x010a, 0x6a),
  DG11: lds1(0x010b, 0x6b),
  DG12: lds1(0x010c, 0x6c),
  DG13: lds1(0x010d, 0x6d),
  DG14: lds1(0x010e, 0x6e),
  DG15: lds1(0x010f, 0x6f),
  DG16: lds1(0x0110, 0x70),
}

/** Whether a text names a file. */
export function isFileName(name: string): name is FileName {
  return Object.hasOwn(files, name)
}

/** The name of a data group, 1 to 16. */
export function dataGroupName(number: number): FileName {
  if (!Number.isInteger(number) || number < 1 || number > 16) throw new RangeError('number must be 1 to 16')
  return `DG${number}` as FileName
}

/** The number of a data group's file, or undefined for the other files. */
export function dataGroupNumber(name: FileName): number | undefined {
  return name.startsWith('DG') ? Number(name.slice(2)) : undefined
}
