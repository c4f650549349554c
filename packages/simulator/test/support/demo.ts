import {
  type CardImage,
  createIssuer,
  type DemoIssuer,
  type PersonaliseOptions,
  personalise,
  seededRandom,
  syntheticCitizen,
} from '@cccd/simulator'

/** When everything in these tests happens. */
export const at = '2026-06-01T00:00:00Z'

let issuer: Promise<DemoIssuer> | undefined

/** The one issuer of these tests. */
export function demoIssuer(): Promise<DemoIssuer> {
  issuer ??= createIssuer({ random: seededRandom('issuer of the tests'), at })
  return issuer
}

const cards = new Map<string, Promise<CardImage>>()

/** A card of a numbered citizen, the same at every call, made once. */
export async function demoCard(index = 0, options: Partial<PersonaliseOptions> = {}): Promise<CardImage> {
  const key = JSON.stringify([index, options, options.image?.type])
  const made = cards.get(key) ?? makeCard(index, options)
  cards.set(key, made)
  return made
}

/** The same card, made anew. */
export async function makeCard(index: number, options: Partial<PersonaliseOptions> = {}): Promise<CardImage> {
  return personalise(await demoIssuer(), syntheticCitizen(index), { random: seededRandom(`card ${index}`), ...options })
}
