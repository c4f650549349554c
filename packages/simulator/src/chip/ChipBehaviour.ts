import type { FileName } from '@cccd/emrtd'

/** Ways in which a chip lies, beyond what its files say. */
export interface ChipBehaviour {
  /** Files that it says it does not have. Without DG15 it does not sign either. */
  readonly withheld?: readonly FileName[]
  /** The challenge that it signs, whatever it was sent. */
  readonly signedChallenge?: Uint8Array
}
