import { readerStateBits } from './bindings/PcscBinding.js'
import type { PcscError } from './errors.js'

/** A reader and what is in it. */
export interface ReaderInfo {
  readonly name: string
  /** `mute`: something is there that does not respond. */
  readonly card: 'absent' | 'present' | 'mute'
  /** Whether a program, perhaps this one, is connected to the card. */
  readonly inUse: boolean
}

/** What changes at the readers. */
export type PcscEvent =
  | { readonly type: 'reader-added' | 'reader-removed' | 'card-inserted' | 'card-removed'; readonly reader: string }
  | { readonly type: 'service-lost'; readonly error: PcscError }

export function readerInfo(name: string, bits: number): ReaderInfo {
  const present = (bits & readerStateBits.present) !== 0
  return {
    name,
    card: present ? ((bits & readerStateBits.mute) !== 0 ? 'mute' : 'present') : 'absent',
    inUse: (bits & (readerStateBits.exclusive | readerStateBits.inUse)) !== 0,
  }
}
