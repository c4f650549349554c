export type FindingSeverity = 'info' | 'warning' | 'error'

/** A doubt about data that could be read: a code, where, and nothing of the data itself. */
export interface Finding<Code extends string = string> {
  readonly code: Code
  readonly severity: FindingSeverity
  /** Name of the field, file or certificate part. */
  readonly field?: string
  /** The clause that is not kept, e.g. `Doc 9303-12, 7.1.1`. */
  readonly clause?: string
  /** Algorithms, positions, counts. Never a value of the field. */
  readonly data?: Readonly<Record<string, string | number | boolean>>
}

/** What `tryParseX` returns: the value with its doubts, or the error. */
export type ParseOutcome<Value, Failure> =
  | { readonly ok: true; readonly value: Value; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly error: Failure }
