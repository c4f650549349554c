import type { Check, Language } from '@cccd/core'
import type { CryptoPort, RandomSource } from '@cccd/crypto'
import type { CardImage } from '../card/CardImage.js'
import type { ChipBehaviour } from '../chip/ChipBehaviour.js'
import type { ChipTraits } from '../chip/ChipTraits.js'

export interface AttackContext {
  readonly crypto: CryptoPort
  readonly random: RandomSource
}

/** A way in which a card lies, and what a verifier that trusts the card's issuer must say of it. */
export interface Attack {
  readonly name: string
  /** What the attacker does. */
  readonly description: Readonly<Record<Language, string>>
  /** The card as the attacker hands it over. */
  apply(card: CardImage, context: AttackContext): Promise<CardImage>
  readonly behaviour?: ChipBehaviour
  /** How the attacker's chip behaves otherwise than the genuine one. */
  readonly traits?: Partial<ChipTraits>
  /**
   * The checks that differ from those of the genuine card, each with the status and reason that it must have. None: the card gives this
   * attack no hold, e.g. it has no active authentication to leave out.
   */
  expected(card: CardImage): readonly Pick<Check, 'id' | 'status' | 'reason'>[]
}
