import { type CryptoPort, type RandomSource, systemRandom } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { type CardChannel, type ChannelLimits, serialised, shortLimits } from '@cccd/iso7816'
import { type AttackName, attacks } from '../attacks/attacks.js'
import type { CardImage } from '../card/CardImage.js'
import { SimulatorError } from '../errors.js'
import type { CardProfileName } from '../profiles/CardProfileName.js'
import { profileNamed, switched, traitsOf } from '../profiles/planOf.js'
import type { QuirkSwitches } from '../profiles/QuirkId.js'
import { answerToReset } from './answerToReset.js'
import { Chip } from './Chip.js'
import type { ChipTraits } from './ChipTraits.js'

export interface VirtualCardOptions {
  /** Behaves as the chips of another profile (default: the card's own). */
  readonly profile?: CardProfileName
  /** Quirks to have, or not to have; those that change the card's files show only on cards made with them. */
  readonly quirks?: QuirkSwitches
  /** Single traits of the chip, whatever the profile says. */
  readonly traits?: Partial<ChipTraits>
  /** A way to lie, by its name in {@link attacks}. */
  readonly attack?: AttackName
  /** What the chip draws its nonces and keys from, and the attack its keys (default: the system). */
  readonly random?: RandomSource
  readonly crypto?: CryptoPort
  /** What the reader carries (default: all that the chip understands). */
  readonly limits?: ChannelLimits
}

/** A software card as a channel. */
export interface VirtualCard extends CardChannel {
  readonly answerToReset: Uint8Array
  /** Power off and on: nothing selected, no session; what the chip counted of wrong passwords stays. */
  reset(): Promise<void>
}

/**
 * A chip that holds a card image: every way of PACE, BAC, secure messaging, files, Chip Authentication and active authentication, as
 * the chips of its profile answer. It never sends more than Le.
 *
 * @throws SimulatorError `SIMULATOR_UNSUPPORTED` for an unknown profile, quirk or attack, and for an attack that the card gives no hold
 * @example
 * const channel = virtualCard(card, { attack: 'clone' })
 * const reading = await readChip(channel, { access: accessFromCan(card.can) })
 */
export function virtualCard(card: CardImage, options: VirtualCardOptions = {}): VirtualCard {
  const profile = profileNamed(options.profile ?? card.profile)
  const quirks = switched(options.profile === undefined ? card.quirks : profile.quirks, options.quirks)
  const { crypto = defaultCrypto(), random = systemRandom } = options
  const attack = options.attack === undefined ? undefined : attacks[options.attack]
  if (options.attack !== undefined && attack === undefined) throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'no such attack')
  if (attack !== undefined && attack.expected(card).length === 0)
    throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'the card has nothing that this attack could change', {
      params: { attack: attack.name, reason: 'attack-without-hold' },
    })
  const traits: ChipTraits = { ...traitsOf(profile, quirks), ...attack?.traits, ...options.traits }

  async function insert(): Promise<Chip> {
    const shown = attack === undefined ? card : await attack.apply(card, { crypto, random })
    return new Chip({ card: shown, traits, behaviour: attack?.behaviour ?? {}, crypto, random })
  }
  let inserted: Promise<Chip> | undefined
  const chip = (): Promise<Chip> => (inserted ??= insert())

  const atr = answerToReset(traits)
  const channel = serialised({
    transmit: async (command) => (await chip()).process(command),
    limits: options.limits ?? limitsOf(traits),
    answerToReset: atr,
    close: async () => (await inserted)?.reset(),
  })
  return {
    transmit: (command, transmitOptions) => channel.transmit(command, transmitOptions),
    limits: channel.limits,
    answerToReset: atr,
    close: () => channel.close(),
    reset: async () => (await inserted)?.reset(),
  }
}

function limitsOf({ extendedLength }: ChipTraits): ChannelLimits {
  if (extendedLength === false) return shortLimits
  return { maxCommandLength: extendedLength.command, maxResponseLength: extendedLength.response }
}
