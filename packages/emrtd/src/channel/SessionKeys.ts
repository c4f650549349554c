import type { SessionCipher } from '../lds/securityInfos.js'

/** What a key agreement leaves behind. The byte arrays are overwritten when the channel that took them ends. */
export interface SessionKeys {
  readonly cipher: SessionCipher
  /** KS_Enc. */
  readonly encryption: Uint8Array
  /** KS_MAC. */
  readonly mac: Uint8Array
  /** First value of the send sequence counter: zero, but for BAC (Doc 9303-11, 9.8.6.3 and 9.8.7.3). */
  readonly sendSequenceCounter: Uint8Array
}
