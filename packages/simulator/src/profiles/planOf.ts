import type { ChipTraits } from '../chip/ChipTraits.js'
import { SimulatorError } from '../errors.js'
import type { CardPlan } from './CardPlan.js'
import type { CardProfile } from './CardProfile.js'
import { type CardProfileName, isCardProfileName } from './CardProfileName.js'
import { cardProfiles } from './cardProfiles.js'
import { isQuirkId, type QuirkId, type QuirkSwitches, quirkIds } from './QuirkId.js'
import { quirks } from './quirks.js'

/** @throws SimulatorError `SIMULATOR_UNSUPPORTED` for a name that is none */
export function profileNamed(name: CardProfileName): CardProfile {
  if (!isCardProfileName(name)) throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'no such profile')
  return cardProfiles[name]
}

/**
 * The quirks that are on: those given, changed by the switches, in the order of {@link quirkIds}.
 * @throws SimulatorError `SIMULATOR_UNSUPPORTED` for a switch that is none
 */
export function switched(before: readonly QuirkId[], switches: QuirkSwitches = {}): QuirkId[] {
  if (!Object.keys(switches).every(isQuirkId)) throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'no such quirk')
  return quirkIds.filter((id) => switches[id] ?? before.includes(id))
}

/** How a card of a profile with quirks is made. */
export function planOf(profile: CardProfile, ids: readonly QuirkId[]): CardPlan {
  const plan = { ...profile.plan }
  for (const id of ids) Object.assign(plan, quirks[id].plan?.(plan))
  return plan
}

/** How a chip of a profile with quirks behaves. */
export function traitsOf(profile: CardProfile, ids: readonly QuirkId[]): ChipTraits {
  return Object.assign({ ...profile.traits }, ...ids.map((id) => quirks[id].traits))
}
