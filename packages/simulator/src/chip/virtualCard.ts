import { type CryptoPort, defaultCrypto, type RandomSource, systemRandom } from '@cccd/crypto'
import { type CardChannel, type ChannelLimits, extendedLimits, serialised, shortLimits } from '@cccd/iso7816'
import { type AttackName, attacks } from '../attacks/attacks.js'
import type { CardImage } from '../card/CardImage.js'
import { SimulatorError } from '../errors.js'
import { answerToReset } from './answerToReset.js'
import { Chip } from './Chip.js'
import { type ChipProfile, type ChipProfileName, chipProfiles } from './ChipProfile.js'

export interface VirtualCardOptions {
  /** How the chip behaves where real ones differ (default `vietnam`). */
  readonly profile?: ChipProfileName | ChipProfile
  /** A way to lie, by its name in {@link attacks}. */
  readonly attack?: AttackName
  /** What the chip draws its nonces and keys from, and the attack its keys (default: the system). */
  readonly random?: RandomSource
  readonly crypto?: CryptoPort
  /** What the reader carries (default: all that the profile understands). */
  readonly limits?: ChannelLimits
}

/** A software card as a channel. */
export interface VirtualCard extends CardChannel {
  readonly answerToReset: Uint8Array
  /** Power off and on: nothing selected, no session. */
  reset(): Promise<void>
}

/**
 * A chip that holds a card image: PACE, BAC, secure messaging, files, Chip Authentication and active authentication, as the
 * Vietnamese card answers. It never sends more than Le.
 *
 * @throws SimulatorError `SIMULATOR_UNSUPPORTED` for an unknown profile or attack
 * @example
 * const channel = virtualCard(card, { attack: 'clone' })
 * const reading = await readChip(channel, { access: accessFromCan(card.can) })
 */
export function virtualCard(card: CardImage, options: VirtualCardOptions = {}): VirtualCard {
  const profile = profileOf(options.profile ?? 'vietnam')
  const { crypto = defaultCrypto(), random = systemRandom } = options
  const attack = options.attack === undefined ? undefined : attacks[options.attack]
  if (options.attack !== undefined && attack === undefined) throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'no such attack')

  async function insert(): Promise<Chip> {
    const shown = attack === undefined ? card : await attack.apply(card, { crypto, random })
    return new Chip({ card: shown, profile, behaviour: attack?.behaviour ?? {}, crypto, random })
  }
  let inserted: Promise<Chip> | undefined
  const chip = (): Promise<Chip> => (inserted ??= insert())

  const atr = answerToReset(profile)
  const channel = serialised({
    transmit: async (command) => (await chip()).process(command),
    limits: options.limits ?? (profile.extendedLength ? extendedLimits : shortLimits),
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

function profileOf(profile: ChipProfileName | ChipProfile): ChipProfile {
  if (typeof profile !== 'string') return profile
  if (!Object.hasOwn(chipProfiles, profile)) throw new SimulatorError('SIMULATOR_UNSUPPORTED', 'no such profile')
  return chipProfiles[profile]
}
