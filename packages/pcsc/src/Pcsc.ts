import type { CardChannel, ChannelLimits } from '@cccd/iso7816'
import type { PcscEvent, ReaderInfo } from './ReaderInfo.js'

export interface WaitOptions {
  /** The only reader of interest (default: any). */
  readonly reader?: string
  /** Milliseconds until `PCSC_TIMEOUT` (default: none). */
  readonly deadline?: number
  readonly signal?: AbortSignal
}

export interface ConnectOptions {
  /** The reader (default: the first with a card in it). */
  readonly reader?: string
  /** No other program can use the card meanwhile (default true). */
  readonly exclusive?: boolean
  /** Milliseconds for which a reader in use by others is tried again (default 3000). */
  readonly deadline?: number
  readonly signal?: AbortSignal
  /**
   * What reader and card can carry (default: what the reader says; full extended length where it says nothing, unless the first extended
   * command in that reader lost the card: then short APDUs from the next connection on).
   */
  readonly limits?: ChannelLimits
}

/**
 * A connection to the smart card service. A process that runs long keeps one and connects through it again and again.
 * When the service goes away everything rejects with `PCSC_SERVICE_LOST`; close it and open a new one.
 */
export interface Pcsc {
  /** The name of the library in use. */
  readonly binding: string
  /** The readers as they are now, by name. */
  readers(): ReaderInfo[]
  /** Calls back at each change until the returned function is called. What a listener throws is its own affair and stops nothing. */
  subscribe(listener: (event: PcscEvent) => void): () => void
  /** The reader that has a card in it, as soon as one has. @throws PcscError `PCSC_TIMEOUT`, `PCSC_ABORTED`, `PCSC_SERVICE_LOST`, `PCSC_CLOSED` */
  waitForCard(options?: WaitOptions): Promise<ReaderInfo>
  /**
   * Connects to a card.
   * @throws PcscError `PCSC_NO_READER`, `PCSC_NO_CARD`, `PCSC_CARD_MUTE`, `PCSC_SHARING_VIOLATION`, `PCSC_ACCESS_DENIED`, `PCSC_ABORTED`,
   * `PCSC_SERVICE_LOST`, `PCSC_CLOSED`, `PCSC_FAILED`
   */
  connect(options?: ConnectOptions): Promise<CardChannel>
  /** Closes every channel and frees everything. */
  close(): Promise<void>
}
