import type { AccessRecord, ChipReading } from './ChipReading.js'

/** Outcome of Chip Authentication, or of chip-authentication mapping, on a channel that this process drove. */
export interface ObservedAuthentication {
  readonly status: 'passed' | 'failed' | 'not-offered' | 'not-asked'
  readonly reason?: string
  readonly keyId?: number
  readonly oid: string
  /** DER SubjectPublicKeyInfo of the key that the chip proved to hold, or was asked to prove. */
  readonly publicKeyInfo: Uint8Array
}

/** What the process that drove the channel saw itself. */
export interface Observation {
  readonly access: AccessRecord
  /** EF.CardAccess as it was read from this chip; absent when a built-in default was used. */
  readonly cardAccess?: Uint8Array
  readonly chipAuthentication?: ObservedAuthentication
  /** PACE with chip-authentication mapping. */
  readonly chipAuthenticationMapping?: ObservedAuthentication
}

const observations = new WeakMap<ChipReading, Observation>()

/**
 * Notes what was seen live, beside the reading and not in it: a copy, an upload or a decoded reading has no observation, so nobody
 * can claim one. Called by `readChip` only.
 */
export function observe(reading: ChipReading, observation: Observation): void {
  observations.set(reading, observation)
}

/** What this process saw while it made the reading; undefined for any other reading. */
export function observationOf(reading: ChipReading): Observation | undefined {
  return observations.get(reading)
}
