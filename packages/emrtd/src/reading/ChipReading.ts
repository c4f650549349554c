import type { ChannelLimits } from '@cccd/iso7816'
import type { PasswordName } from '../access/AccessCandidate.js'
import type { FileName } from '../lds/fileNames.js'
import type { PaceMapping, SessionCipher } from '../lds/securityInfos.js'
import type { ChipLimits } from '../read/ChipLimits.js'

/** What became of one file. `withheld`: read, and left out by whoever passed the reading on. */
export interface FileStatus {
  readonly status: 'read' | 'access-denied' | 'not-found' | 'not-asked' | 'withheld' | 'failed'
  /** The status word of the chip, when it refused. */
  readonly sw?: number
}

/** A way into the chip that was tried and did not work. */
export interface RefusedAccess {
  readonly protocol: 'PACE' | 'BAC'
  readonly password: PasswordName
  readonly sw?: number
  /** Code of the error, or a short reason. */
  readonly reason: string
}

/** How the chip was opened. */
export interface AccessRecord {
  readonly protocol: 'PACE' | 'BAC'
  readonly password: PasswordName
  /** Index of the candidate that worked, in the order of `accessFromQr`. */
  readonly candidate: number
  /** Object identifier of the PACE protocol that ran. */
  readonly oid?: string
  readonly parameterId?: number
  /** The chip wrote its domain parameters out, and they are standardised ones. */
  readonly explicitParameters?: true
  /** Parameters that TR-03110-3 advises against: 0, 8 and 9. */
  readonly deprecatedParameters?: true
  readonly mapping?: PaceMapping
  readonly cipher: SessionCipher
  /** Where EF.CardAccess came from; `built-in` when the chip or the platform keeps it from being read. */
  readonly cardAccess: 'read' | 'read-directly' | 'built-in' | 'not-read'
  /** Object identifiers of the PACE protocols that EF.CardAccess offered. */
  readonly offered: readonly string[]
  readonly refused: readonly RefusedAccess[]
}

/** Chip Authentication as it went over the wire. Who did not drive the channel can conclude nothing from it. */
export interface ChipAuthenticationTranscript {
  readonly status: 'performed' | 'failed' | 'not-offered' | 'not-asked'
  readonly oid?: string
  readonly keyId?: number
  readonly sw?: number
  readonly reason?: string
}

/** The challenge sent with INTERNAL AUTHENTICATE and the answer. */
export interface ActiveAuthenticationTranscript {
  readonly challenge: Uint8Array
  /** Absent when the chip refused. */
  readonly response?: Uint8Array
  readonly sw: number
}

/** Files of the chip itself, outside the application. Nobody signs them. */
export type MasterFileName = 'ATR/INFO' | 'DIR'

export interface StepTiming {
  readonly step: string
  readonly file?: FileName
  readonly ms: number
}

/**
 * Everything a chip gave, judged by nobody: files exactly as sent, how it was opened, what was refused. Plain data, full of
 * personal data: printed masked; {@link encodeReading} gives its one JSON form.
 */
export interface ChipReading {
  readonly version: 1
  /** ISO 8601 instant of the reader's clock. */
  readonly readAt: string
  readonly files: Readonly<Partial<Record<FileName, Uint8Array>>>
  readonly fileStatus: Readonly<Partial<Record<FileName, FileStatus>>>
  readonly access?: AccessRecord
  readonly chipAuthentication?: ChipAuthenticationTranscript
  readonly activeAuthentication?: ActiveAuthenticationTranscript
  readonly answerToReset?: Uint8Array
  /** Those that were asked for and given: `parseAtrInfo` and `parseDirectory` read them. */
  readonly masterFiles?: Readonly<Partial<Record<MasterFileName, Uint8Array>>>
  readonly limits?: ChannelLimits
  /** What the chip showed of its own limits; for the next chip of its kind. */
  readonly chipLimits?: ChipLimits
  readonly timing: readonly StepTiming[]
}
