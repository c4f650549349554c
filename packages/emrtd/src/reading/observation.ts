import { equalBytes } from '@cccd/core'
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

/** What was seen, and of which files. */
interface Witness {
  readonly observation: Observation
  readonly securityObject: Uint8Array | undefined
  readonly securityOptions: Uint8Array | undefined
}

const observations = new WeakMap<ChipReading, Witness>()

/**
 * Notes what was seen live, beside the reading and not in it: a copy, an upload or a decoded reading has no observation, so nobody
 * can claim one. It is copied, so nobody can rewrite it. Called by `readChip` only.
 */
export function observe(reading: ChipReading, observation: Observation): void {
  const { access, cardAccess } = observation
  const kept = { ...observation, access: { ...access }, ...(cardAccess === undefined ? {} : { cardAccess: cardAccess.slice() }) }
  const { SOD, DG14 } = reading.files
  observations.set(reading, { observation: kept, securityObject: SOD?.slice(), securityOptions: DG14?.slice() })
}

/**
 * What this process saw while it made the reading; undefined for any other reading, and for one that was given another security object
 * or DG14 since: all that is authentic hangs on these two. `files` are those that are judged, where they are a copy.
 */
export function observationOf(reading: ChipReading, files: ChipReading['files'] = reading.files): Observation | undefined {
  const witness = observations.get(reading)
  if (witness === undefined) return undefined
  const { SOD, DG14 } = files
  const unchanged = same(SOD, witness.securityObject) && same(DG14, witness.securityOptions)
  return unchanged ? witness.observation : undefined
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equalBytes(a, b)
}
