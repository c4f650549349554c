import type { Language } from '@cccd/core'
import type { ChipTraits } from '../chip/ChipTraits.js'
import type { CardPlan } from './CardPlan.js'
import type { QuirkId } from './QuirkId.js'

/** Something that real chips or files do differently. */
export interface Quirk {
  readonly id: QuirkId
  /** Documents on which it was seen. */
  readonly seen: string
  readonly description: Readonly<Record<Language, string>>
  /** What a reader or verifier must do about it. */
  readonly reader: Readonly<Record<Language, string>>
  /** What it changes when the card is made; where absent, any card can be served with it. */
  readonly plan?: (plan: CardPlan) => Partial<CardPlan>
  /** What it changes in the chip's behaviour. */
  readonly traits?: Partial<ChipTraits>
}
