import type { PersonalNumberFindingCode } from '@cccd/identity'

/** Doubts about a payload that could be read. Those of the personal number are `@cccd/identity`'s. */
export type QrFindingCode =
  /** A decoder took the UTF-8 for Latin-1; undone. */
  | 'mojibake-repaired'
  /** A byte order mark or an AIM symbology identifier (`]Q3`). */
  | 'scanner-prefix-removed'
  /** CR, LF or tab, as keyboard and serial scanners send. */
  | 'line-end-removed'
  /** The text was not in Unicode NFC. */
  | 'not-nfc'
  /** Blanks at the ends of a field or doubled. */
  | 'blanks-removed'
  /** Only a year, or year and month, of birth. */
  | 'birth-date-incomplete'
  | 'issue-before-birth'
  | 'place-of-residence-empty'
  /** Fields whose meaning is not published hold something. */
  | 'unknown-fields-filled'
  /** Number of fields and date of issue point to different cards. */
  | 'generation-unclear'
  | PersonalNumberFindingCode
