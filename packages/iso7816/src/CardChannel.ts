/** What reader and card can carry, in bytes. 261/258 is short APDUs only; 65544/65538 full extended length. */
export interface ChannelLimits {
  readonly maxCommandLength: number
  readonly maxResponseLength: number
}

export interface TransmitOptions {
  readonly signal?: AbortSignal
}

/**
 * The one seam between protocols and whatever carries bytes to a chip: a reader, a phone, a socket, a recording, a software card.
 * A channel serialises its callers.
 */
export interface CardChannel {
  /**
   * One command APDU in, one response APDU (data + SW1 SW2) out.
   * @throws TransportError; never resolves with fewer than two bytes
   */
  transmit(command: Uint8Array, options?: TransmitOptions): Promise<Uint8Array>
  readonly limits: ChannelLimits
  readonly answerToReset?: Uint8Array
  close(): Promise<void>
}
