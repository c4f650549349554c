/** Doc 9303-5 (TD1), -6 (TD2), -4 (TD3), -7 (visas MRV-A and MRV-B). */
export type MrzFormat = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B'

/** Line, first column, column after the last; all from 0. */
export type Span = readonly [line: number, start: number, end: number]

/** Where a format has its fields. A check digit stands in the column after its field; the composite digit covers `compositeOver`. */
export interface MrzLayout {
  readonly format: MrzFormat
  readonly lineCount: number
  readonly lineLength: number
  readonly name: Span
  readonly documentNumber: Span
  readonly nationality: Span
  readonly dateOfBirth: Span
  readonly sex: Span
  readonly dateOfExpiry: Span
  readonly optionalData: Span
  /** TD1 has a second one. */
  readonly optionalData2?: Span
  /** Whether `optionalData` has its own check digit (TD3 only). */
  readonly optionalDataChecked?: true
  readonly composite?: Span
  readonly compositeOver: readonly Span[]
}

export const documentCodeSpan: Span = [0, 0, 2]
export const issuingStateSpan: Span = [0, 2, 5]

const secondLine = {
  documentNumber: [1, 0, 9],
  nationality: [1, 10, 13],
  dateOfBirth: [1, 13, 19],
  sex: [1, 20, 21],
  dateOfExpiry: [1, 21, 27],
} as const

export const layouts: readonly MrzLayout[] = [
  {
    format: 'TD1',
    lineCount: 3,
    lineLength: 30,
    name: [2, 0, 30],
    documentNumber: [0, 5, 14],
    optionalData: [0, 15, 30],
    dateOfBirth: [1, 0, 6],
    sex: [1, 7, 8],
    dateOfExpiry: [1, 8, 14],
    nationality: [1, 15, 18],
    optionalData2: [1, 18, 29],
    composite: [1, 29, 30],
    compositeOver: [
      [0, 5, 30],
      [1, 0, 7],
      [1, 8, 15],
      [1, 18, 29],
    ],
  },
  {
    format: 'TD2',
    lineCount: 2,
    lineLength: 36,
    name: [0, 5, 36],
    ...secondLine,
    optionalData: [1, 28, 35],
    composite: [1, 35, 36],
    compositeOver: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 35],
    ],
  },
  {
    format: 'TD3',
    lineCount: 2,
    lineLength: 44,
    name: [0, 5, 44],
    ...secondLine,
    optionalData: [1, 28, 42],
    optionalDataChecked: true,
    composite: [1, 43, 44],
    compositeOver: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 43],
    ],
  },
  {
    format: 'MRV-A',
    lineCount: 2,
    lineLength: 44,
    name: [0, 5, 44],
    ...secondLine,
    optionalData: [1, 28, 44],
    compositeOver: [],
  },
  {
    format: 'MRV-B',
    lineCount: 2,
    lineLength: 36,
    name: [0, 5, 36],
    ...secondLine,
    optionalData: [1, 28, 36],
    compositeOver: [],
  },
]

/** The layout of lines of one length; visas are told from TD2 and TD3 by their first letter. */
export function layoutOf(lines: readonly string[]): MrzLayout | undefined {
  const visa = lines[0]?.startsWith('V') === true
  return layouts.find(
    ({ format, lineCount, lineLength }) =>
      lines.length === lineCount && lines.every((line) => line.length === lineLength) && format.startsWith('MRV') === visa,
  )
}

export function textAt(lines: readonly string[], [line, start, end]: Span): string {
  return (lines[line] ?? '').slice(start, end)
}

/** The column after a field, where its check digit stands. */
export function after([line, , end]: Span): Span {
  return [line, end, end + 1]
}
