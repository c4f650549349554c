import {
  accessFromCan,
  accessFromMrz,
  type ChipReading,
  type ReadChipOptions,
  readChip,
  type VerificationReport,
  verifyReading,
} from '@cccd/emrtd'
import { createTrustStore } from '@cccd/pki'
import {
  type AttackName,
  type CardImage,
  type CardProfileName,
  issueCard,
  jpegEncoder,
  type PortraitEncoder,
  type QuirkSwitches,
  seededRandom,
  virtualCard,
} from '@cccd/simulator'

export const at = '2026-06-01T00:00:00Z'
export const challenge: Uint8Array = Uint8Array.of(2, 7, 1, 8, 2, 8, 1, 8)

const everything = ['COM', 'DG1', 'DG2', 'DG3', 'DG11', 'DG12', 'DG13', 'DG14', 'DG15'] as const

/** Somebody's card of a kind, the same at every call. */
export function cardOf(profile: CardProfileName, quirks: QuirkSwitches = {}): Promise<CardImage> {
  return issueCard({ profile, quirks, index: 0, random: seededRandom(`kind ${profile}`), at, image: onePortrait })
}

let portrait: Promise<Uint8Array> | undefined

/** Encodes the first portrait and gives it to everybody: here it is only so many bytes. */
const onePortrait: PortraitEncoder = {
  type: 'jpeg',
  encode: (pixels) => (portrait ??= Promise.resolve(jpegEncoder().encode(pixels))),
}

export interface Inspection {
  readonly reading: ChipReading
  readonly report: VerificationReport
}

export interface InspectOptions extends Partial<ReadChipOptions> {
  readonly attack?: AttackName
}

/** Reads everything with what is printed on the card, BAC where nothing else is left, and verifies it with what a verifier knew before. */
export async function inspect(card: CardImage, { attack, ...options }: InspectOptions = {}): Promise<Inspection> {
  const chip = virtualCard(card, { random: seededRandom('chip'), ...(attack && { attack }) })
  const reading = await readChip(chip, {
    access: [...accessFromCan(card.can), ...accessFromMrz([...card.mrz])],
    allowBac: true,
    files: everything,
    activeAuthentication: { challenge },
    random: seededRandom('terminal'),
    clock: () => Date.parse(at),
    ...options,
  })
  const { issuer } = card
  const trust = await createTrustStore({
    anchors: [{ certificate: issuer.formerCsca ?? issuer.csca.certificate, source: 'simulator' }],
    certificates: issuer.links.map((certificate) => ({ certificate, source: 'simulator' })),
    allowDemo: true,
  })
  return { reading, report: await verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: challenge } }) }
}
