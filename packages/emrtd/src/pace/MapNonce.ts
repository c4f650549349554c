import type { KeyAgreementGroup } from '@cccd/crypto'
import type { CardChannel } from '@cccd/iso7816'
import type { ProtocolContext } from '../access/ProtocolContext.js'
import type { CipherSuite } from '../channel/cipherSuite.js'

export interface MappingInput {
  readonly group: KeyAgreementGroup
  readonly suite: CipherSuite
  /** The decrypted nonce s. */
  readonly nonce: Uint8Array
}

/** Step 2 of PACE: the ephemeral generator, agreed with the chip. */
export interface MappedNonce {
  readonly generator: Uint8Array
  /** PK_Map,IC, the chip's public key of this step, where it has one. */
  readonly chipKey?: Uint8Array
}

export type MapNonce = (channel: CardChannel, context: ProtocolContext, input: MappingInput) => Promise<MappedNonce>
