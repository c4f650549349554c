import type { CryptoPort, RandomSource } from '@cccd/crypto'
import type { ChipKey } from '../card/CardImage.js'
import { cardSecurityInfos } from '../lds/cardSecurityInfos.js'
import { cardSecurityOid, type PaceOffer } from '../lds/protocols.js'
import type { DemoAuthority } from './DemoIssuer.js'
import { signedData } from './signedData.js'

export interface CardSecurityInput {
  readonly signer: DemoAuthority
  readonly pace: readonly PaceOffer[]
  readonly chipKeys: readonly ChipKey[]
  /** ISO 8601. */
  readonly signingTime: string
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** EF.CardSecurity (Doc 9303-11, 9.2.11): what EF.CardAccess offers and the chip's keys, signed by the document signer. */
export async function cardSecurity({ pace, chipKeys, ...signing }: CardSecurityInput): Promise<Uint8Array> {
  return signedData({ ...signing, contentType: cardSecurityOid, content: cardSecurityInfos(pace, chipKeys) })
}
