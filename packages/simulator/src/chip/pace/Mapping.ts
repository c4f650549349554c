import type { KeyAgreementGroup, RandomSource } from '@cccd/crypto'
import type { CipherSuite } from '../CipherSuite.js'

export interface MappingContext {
  readonly group: KeyAgreementGroup
  readonly suite: CipherSuite
  readonly random: RandomSource
  readonly nonce: Uint8Array
  /** Mapping data of the terminal, DO 81. */
  readonly data: Uint8Array
}

export interface Mapped {
  /** Generator of the key agreement that follows. */
  readonly generator: Uint8Array
  /** Mapping data of the chip, DO 82. */
  readonly answer: Uint8Array
  /** The chip's private mapping key, which chip-authentication mapping uses once more. */
  readonly scalar?: Uint8Array
}

/** The chip's side of the second step of PACE (Doc 9303-11, 4.4.3.3). */
export type Mapping = (context: MappingContext) => Promise<Mapped>
