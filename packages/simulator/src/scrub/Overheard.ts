import type { AccessCandidate, ChipAuthenticationChoice, ChipAuthenticationMapping, PaceInfo, PaceParameters } from '@cccd/emrtd'
import type { CommandApdu, ResponseApdu, TransportErrorCode } from '@cccd/iso7816'
import type { ReadSpan } from './TracedFiles.js'
import type { WireExchange } from './wireExchanges.js'

/** One exchange of a trace, opened. */
export interface Overheard {
  readonly wire: WireExchange
  /** The plain command. */
  readonly command: CommandApdu
  /** The plain answer; absent when none came, or none that the session could have made. */
  readonly response?: ResponseApdu
  readonly error?: TransportErrorCode
  /** `foreign`: an answer that carries data objects which are not of this session, as a copied chip gives them. */
  readonly form: 'plain' | 'protected' | 'foreign'
  readonly read?: ReadSpan
}

export interface Run {
  readonly exchanges: readonly Overheard[]
  /** Whether it left a session behind. */
  readonly opened: boolean
  /** Of PACE with chip-authentication mapping: what the chip proved itself with. */
  readonly mapping?: ChipAuthenticationMapping
}

/** A run of one protocol: the exchanges it took, and what it was given. */
export type ProtocolRun = Run &
  (
    | {
        readonly type: 'pace'
        readonly info: PaceInfo
        readonly parameters: PaceParameters
        readonly explicit?: true
        readonly extendedLength: boolean
        readonly password: Extract<AccessCandidate, { protocol: 'PACE' }>
        readonly nameParameters: boolean
      }
    | {
        readonly type: 'bac'
        readonly password: Extract<AccessCandidate, { protocol: 'BAC' }>
      }
    | { readonly type: 'chip-authentication'; readonly choice: ChipAuthenticationChoice; readonly extendedLength: boolean }
  )

/** A trace as its own reader understood it. */
export type Conversation = readonly (Overheard | ProtocolRun)[]
