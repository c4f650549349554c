import type { CryptoPort, RandomSource } from '@cccd/crypto'

/** What every protocol with a chip is given. */
export interface ProtocolContext {
  readonly crypto: CryptoPort
  readonly random: RandomSource
  /** Milliseconds for each APDU (default 5000), or a function that says before each how many it may take. */
  readonly deadline?: number | ((step: string) => number) | undefined
  readonly signal?: AbortSignal | undefined
  /** Whether the chip is known to understand extended length; without it long commands go in parts. */
  readonly extendedLength?: boolean | undefined
  /**
   * Receives intermediate values, secrets among them, under their names in Doc 9303-11: for the worked examples of the
   * standard. Never set it where a chip of a person is read.
   */
  readonly intermediate?: ((name: string, value: Uint8Array) => void) | undefined
}
