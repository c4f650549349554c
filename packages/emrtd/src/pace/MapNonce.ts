import type { CurvePort } from '@cccd/crypto'
import type { CardChannel } from '@cccd/iso7816'
import type { ProtocolContext } from '../access/ProtocolContext.js'

export interface MappingInput {
  readonly curve: CurvePort
  /** The decrypted nonce s. */
  readonly nonce: Uint8Array
}

/** Step 2 of PACE: the ephemeral generator, agreed with the chip. */
export type MapNonce = (channel: CardChannel, context: ProtocolContext, input: MappingInput) => Promise<Uint8Array>
