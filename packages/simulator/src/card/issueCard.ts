import type { CryptoPort, RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import type { Citizen } from '../citizen/Citizen.js'
import { syntheticCitizen } from '../citizen/syntheticCitizen.js'
import { syntheticTraveller } from '../citizen/syntheticTraveller.js'
import { createIssuer } from '../issuer/createIssuer.js'
import type { DemoIssuer } from '../issuer/DemoIssuer.js'
import { renewCountryCa } from '../issuer/renewCountryCa.js'
import { shiftDate } from '../issuer/shiftDate.js'
import type { CardPlan } from '../profiles/CardPlan.js'
import { planOf, profileNamed, switched } from '../profiles/planOf.js'
import type { CardImage } from './CardImage.js'
import { type PersonaliseOptions, personalise } from './personalise.js'

export interface IssueCardOptions extends PersonaliseOptions {
  /** Number of the person, for the same one again (default: somebody drawn). */
  readonly index?: number
}

/**
 * A card with all that stands behind it: an issuer of the state of the profile, somebody of that state, and the card. The way from a
 * name to a card in one call.
 *
 * @throws SimulatorError `SIMULATOR_UNSUPPORTED`, `SIMULATOR_IMAGE_ENCODER`
 * @example
 * const card = await issueCard({ profile: 'de-cam', random: seededRandom('a German passport') })
 * virtualCard(card)
 */
export async function issueCard(options: IssueCardOptions): Promise<CardImage> {
  const { index, random, crypto = defaultCrypto() } = options
  const at = options.at ?? new Date(Date.now()).toISOString()
  const profile = profileNamed(options.profile ?? 'vn-2021')
  const plan = planOf(profile, switched(profile.quirks, options.quirks))
  const issuer = await issuerOf(plan, { random, crypto, at })
  const citizen = holder(plan, options, index ?? random, at.slice(0, 10))
  return personalise(issuer, citizen, { ...options, crypto, at })
}

/** An issuer as the plan has it. */
async function issuerOf(
  { state, algorithms, signerCountry, renewedCsca }: CardPlan,
  { random, crypto, at }: { readonly random: RandomSource; readonly crypto: CryptoPort; readonly at: string },
): Promise<DemoIssuer> {
  const common = { random, crypto, state, algorithms, signerCountry }
  if (!renewedCsca) return createIssuer({ ...common, at })
  const before = await createIssuer({ ...common, at: shiftDate(at, { years: -1 }).toISOString() })
  return renewCountryCa(before, { ...common, at })
}

function holder(plan: CardPlan, { profile }: IssueCardOptions, source: number | RandomSource, at: string): Citizen {
  const { format, state, blankCheckDigit } = plan
  if (state.alpha3 === 'VNM' && format === 'TD1')
    return syntheticCitizen(source, { at, ...(profile === 'vn-2024' && { generation: '2024' }) })
  return syntheticTraveller(source, { format, state: state.alpha3, at, ...(blankCheckDigit === '<' && { blankCheckDigit }) })
}
