/** A command APDU (ISO/IEC 7816-4, 5.1). */
export interface CommandApdu {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  /** Command data field, up to 65,535 bytes; empty is the same as absent. */
  readonly data?: Uint8Array
  /** Ne, the most bytes expected back: 1 to 65,536. 256 is the short `00`; absent when no answer data is expected. */
  readonly le?: number
}
