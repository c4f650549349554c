import type { HashAlgorithm } from '@cccd/crypto'
import type { SignedData } from '../cms/SignedData.js'

export const timestampOids = {
  content: '1.2.840.113549.1.9.16.1.4',
  purpose: '1.3.6.1.5.5.7.3.8',
} as const

/** `MessageImprint ::= SEQUENCE { hashAlgorithm, hashedMessage OCTET STRING }`: what was stamped. */
export interface MessageImprint {
  readonly hashOid: string
  /** Absent when the object identifier is unknown. */
  readonly algorithm?: HashAlgorithm
  readonly hash: Uint8Array
}

/** `TSTInfo` of RFC 3161 2.4.2: nothing in it has been verified. */
export interface TimestampInfo {
  readonly policy: string
  readonly imprint: MessageImprint
  readonly serialNumber: Uint8Array
  /** ISO 8601 UTC; fractions of a second are left out. */
  readonly genTime: string
  /** How far the time may be off, in microseconds; absent: the policy says. */
  readonly accuracy?: number
  /** Whether tokens of this authority are ordered by their time alone. */
  readonly ordering: boolean
  /** The content of the INTEGER as it stands there. */
  readonly nonce?: Uint8Array
  /** Critical extensions, none of which this package processes. */
  readonly unknownCritical: readonly string[]
}

/** A timestamp token: CMS over a {@link TimestampInfo}. */
export interface TimestampToken {
  readonly raw: Uint8Array
  readonly info: TimestampInfo
  readonly signedData: SignedData
}
