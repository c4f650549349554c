import type { Language } from '@cccd/core'
import type { ChipTraits } from '../chip/ChipTraits.js'
import type { CardPlan } from './CardPlan.js'
import type { CardProfileName } from './CardProfileName.js'
import type { QuirkId } from './QuirkId.js'

/** A kind of card: how it is personalised, how its chip behaves, and which quirks it has. */
export interface CardProfile {
  readonly name: CardProfileName
  readonly description: Readonly<Record<Language, string>>
  readonly plan: CardPlan
  readonly traits: ChipTraits
  readonly quirks: readonly QuirkId[]
}
