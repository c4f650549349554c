import type { CheckStatus } from '@cccd/core'

/** One line of the doctor: a part, whether it works, and what or why. */
export interface Diagnosis {
  readonly part: string
  readonly label: string
  readonly status: Extract<CheckStatus, 'passed' | 'failed' | 'inconclusive' | 'not-performed'>
  readonly text: string
  /** Codes, versions and names for `--json`. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}
