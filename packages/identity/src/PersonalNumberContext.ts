import type { Sex } from './sex.js'

/** What else is known of the person. */
export interface PersonalNumberContext {
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY` */
  readonly dateOfBirth?: string | undefined
  readonly sex?: Sex | undefined
}
