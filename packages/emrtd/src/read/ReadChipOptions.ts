import type { CryptoPort, RandomSource } from '@cccd/crypto'
import type { AccessCandidate } from '../access/AccessCandidate.js'
import type { FileName } from '../lds/fileNames.js'
import type { MasterFileName } from '../reading/ChipReading.js'
import type { ChipLimits } from './ChipLimits.js'
import type { PartialReading } from './PartialReading.js'

/** Where a read stands. Never anything of the person: steps, names of files, counts of bytes. */
export interface ReadProgress {
  readonly step: ReadStep
  readonly file?: FileName
  readonly bytesRead?: number
  /** Known once the first block of the file is read. */
  readonly bytesTotal?: number
  /** Bytes of all files of this read that are there, those of an earlier tap among them. */
  readonly bytesDone: number
  /** Bytes of all files of this read: typical lengths until a file has begun, so it may still change; in the end `bytesDone`. */
  readonly bytesExpected: number
  /** 0 to 1 and never back: for a bar. */
  readonly fraction: number
  /** An estimate in milliseconds, from typical times until this chip has shown its own; 0 in the end. */
  readonly msLeft: number
}

export type ReadStep =
  | 'card-access'
  | 'master-files'
  | 'extended-length'
  | 'open'
  | 'select-application'
  | 'compare-card'
  | 'read-file'
  | 'chip-authentication'
  | 'active-authentication'
  | (string & {})

/** What a challenge may be made from: files already read. */
export interface ChallengeContext {
  readonly files: Readonly<Partial<Record<FileName, Uint8Array>>>
  /** That of the read: whoever asks a server hands it on. */
  readonly signal?: AbortSignal | undefined
}

export type ActiveAuthenticationChallenge = Uint8Array | ((context: ChallengeContext) => Uint8Array | Promise<Uint8Array>)

export interface ReadChipOptions {
  /** Ways into the chip, in order: `accessFromQr`, `accessFromCan`, `accessFromMrz`. */
  readonly access: readonly AccessCandidate[]
  /**
   * Files wanted (default DG1, DG2). The SOD is always read, first; DG14 and DG15 also when Chip or Active Authentication needs
   * them and the SOD lists them. Ask for DG13 only for a purpose that names one of its fields.
   */
  readonly files?: readonly FileName[]
  /** Files outside the application wanted as they are (default none): EF.ATR/INFO, EF.DIR. One APDU each, before the chip is opened. */
  readonly masterFiles?: readonly MasterFileName[]
  /** Default `when-offered`. */
  readonly chipAuthentication?: 'when-offered' | 'never'
  /** Try the BAC candidates when PACE does not open the chip (default false). */
  readonly allowBac?: boolean
  /** Run Active Authentication over eight bytes that the verifier made, given or fetched at the moment they are needed. */
  readonly activeAuthentication?: { readonly challenge: ActiveAuthenticationChallenge }
  readonly onProgress?: (progress: ReadProgress) => void
  /** What an earlier read of the same card kept; filled while reading. */
  readonly into?: PartialReading
  /** What an earlier reading of the same kind of chip learnt, its `chipLimits`: saves APDUs, decides nothing. */
  readonly chipLimits?: ChipLimits
  /**
   * Ends the read with `TRANSPORT_ABORTED`: between two APDUs the channel stays usable, in the middle of one it takes no protocol
   * any more.
   */
  readonly signal?: AbortSignal
  /** Default `defaultCrypto()`. */
  readonly crypto?: CryptoPort
  /** Default `systemRandom`. */
  readonly random?: RandomSource
  /** Milliseconds since 1970 (default `Date.now`). */
  readonly clock?: () => number
  /** Milliseconds for each APDU (default 5000). */
  readonly deadline?: number
  /**
   * Milliseconds for each whole step by its name, each file being a `read-file` (default: none). A step out of time rejects with
   * `TRANSPORT_TIMEOUT`, retryable.
   */
  readonly stepDeadlines?: Readonly<Partial<Record<ReadStep, number>>>
  /** Largest file accepted, in bytes (default 1 MiB): a chip that announces more ends the read. */
  readonly maxFileLength?: number
}
