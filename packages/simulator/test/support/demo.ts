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

/** A card of a numbered citizen, the same at every call. */
export async function demoCard(index = 0, options: Partial<PersonaliseOptions> = {}): Promise<CardImage> {
  return personalise(await demoIssuer(), syntheticCitizen(index), { random: seededRandom(`card ${index}`), ...options })
}
