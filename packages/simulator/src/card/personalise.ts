import { markPersonal } from '@cccd/core'
import { type CryptoPort, type HashAlgorithm, type Iso9796Trailer, publicKeyOf, type RandomSource } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import type { Citizen } from '../citizen/Citizen.js'
import { mrzLines } from '../citizen/mrzLines.js'
import { qrPayload } from '../citizen/qrPayload.js'
import type { DemoIssuer } from '../issuer/DemoIssuer.js'
import type { SecurityObjectForm } from '../issuer/SecurityObjectForm.js'
import { cardAccess } from '../lds/cardAccess.js'
import { dg2 } from '../lds/dg2.js'
import { dg14 } from '../lds/dg14.js'
import type { ChipAuthenticationOffer, PaceOffer } from '../lds/protocols.js'
import { dg15 } from '../lds/smallFiles.js'
import { drawPortrait } from '../portrait/drawPortrait.js'
import { jpegEncoder } from '../portrait/jpegEncoder.js'
import type { PortraitEncoder } from '../portrait/PortraitEncoder.js'
import type { CardPlan } from '../profiles/CardPlan.js'
import type { CardProfileName } from '../profiles/CardProfileName.js'
import { planOf, profileNamed, switched } from '../profiles/planOf.js'
import type { QuirkSwitches } from '../profiles/QuirkId.js'
import { drawDigits } from '../random/draw.js'
import { type ActiveAuthenticationKeyName, activeAuthenticationKey } from './activeAuthenticationKey.js'
import type { ActiveAuthenticationMethod, CardImage } from './CardImage.js'
import { assertPaceOffers, chipKeys } from './chipKeys.js'
import { commonFile, holderFiles } from './dataGroups.js'
import { signCard } from './signCard.js'

/** What is not said here is as the profile and its quirks have it. */
export interface PersonaliseOptions {
  readonly random: RandomSource
  readonly crypto?: CryptoPort
  /** The kind of card (default: `vn-2021` or `vn-2024`, by the citizen's card). */
  readonly profile?: CardProfileName
  /** Quirks to have, or not to have, beyond those of the profile. */
  readonly quirks?: QuirkSwitches
  /** When the security object is signed, ISO 8601 (default: the issuer's `at`). */
  readonly at?: string
  /** Active authentication key, or none. The Vietnamese one is `rsa-1536`. */
  readonly aa?: ActiveAuthenticationKeyName | 'none'
  /** Trailer, and with it the hash, of an RSA key. The Vietnamese `BC` means SHA-1, which the oldest terminals can check. */
  readonly trailer?: Iso9796Trailer
  /** Ways of PACE, in the order of EF.CardAccess. The Vietnamese one is AES-128 on brainpoolP256r1. */
  readonly pace?: readonly PaceOffer[]
  /** Keys for Chip Authentication. The Vietnamese one is for AES-128 on brainpoolP256r1. */
  readonly chipAuthentication?: readonly ChipAuthenticationOffer[]
  /** Default: baseline JPEG; JPEG 2000 from the subpath `/jpeg2000`. */
  readonly image?: PortraitEncoder
  /** Hash of the data groups. */
  readonly hash?: HashAlgorithm
  readonly ldsVersion?: 0 | 1
}

/**
 * A card for a citizen, or for the holder of another state's document: the files of a chip of that kind, and its secrets. The same
 * random bytes give the same card.
 *
 * @throws SimulatorError `SIMULATOR_UNSUPPORTED` (a profile, a quirk, a key or a way of PACE that there is not: `params.reason`),
 * `SIMULATOR_IMAGE_ENCODER`
 * @example
 * const card = await personalise(issuer, syntheticCitizen(0), { random: seededRandom('card 0'), aa: 'ecdsa-P-256' })
 * virtualCard(card)
 */
export async function personalise(issuer: DemoIssuer, citizen: Citizen, options: PersonaliseOptions): Promise<CardImage> {
  const { random } = options
  const crypto = options.crypto ?? defaultCrypto()
  const profile = profileNamed(options.profile ?? `vn-${citizen.generation}`)
  const quirks = switched(profile.quirks, options.quirks)
  const plan = planOf(profile, quirks)
  const pace = options.pace ?? plan.pace
  assertPaceOffers(pace)
  const keys = await chipKeys(options.chipAuthentication ?? plan.chipAuthentication, pace, { crypto, random })
  const aa = await authentication(options.aa ?? plan.aa, options.trailer ?? plan.trailer, plan, random)

  const encoder = options.image ?? jpegEncoder()
  const pixels = drawPortrait({ random })
  const { width, height } = pixels
  const portrait = { type: encoder.type, width, height, bytes: await encoder.encode(pixels) }
  // Nobody's hand: a drawing of the size that a signature has.
  const signature = plan.dataGroups.includes('DG7')
    ? await encoder.encode(drawPortrait({ random, width: 96, height: 32 }))
    : new Uint8Array(0)

  const forChipAuthentication = keys.filter(({ use }) => use === 'chip-authentication')
  const hasDg14 = keys.length > 0 || pace.length > 0 || aa?.key.type === 'ec'
  const dataGroups: CardImage['files'] = {
    ...holderFiles(citizen, plan, { portrait: portrait.bytes, signature }),
    DG2: dg2(portrait, citizen.sex, plan.face),
    ...(hasDg14 && {
      DG14: dg14({
        pace,
        chipKeys: forChipAuthentication,
        ...(aa?.method.type === 'ecdsa' && { activeAuthenticationHash: aa.method.hash }),
      }),
    }),
    ...(aa && { DG15: dg15(publicKeyOf(aa.key)) }),
  }
  const unsigned: CardImage = {
    version: 2,
    profile: profile.name,
    quirks,
    files: {
      ...(pace.length > 0 && { CardAccess: cardAccess(pace, forChipAuthentication) }),
      COM: commonFile(dataGroups, plan),
      ...dataGroups,
    },
    denied: plan.dataGroups.includes('DG3') ? ['DG3'] : [],
    citizen,
    mrz: mrzLines(citizen),
    qr: citizen.document === undefined ? qrPayload(citizen) : '',
    can: citizen.document === undefined ? citizen.personalNumber.slice(6) : drawDigits(random, 6),
    ...(plan.pin && { pin: drawDigits(random, 6), puk: drawDigits(random, 10) }),
    pace,
    chipKeys: keys,
    ...(aa && { activeAuthentication: aa.method }),
    privateKeys: { ...(aa && { activeAuthentication: aa.key }) },
    signedAt: options.at ?? issuer.at,
    securityObject: securityObjectForm(plan, options),
    issuer,
  }
  return markPersonal(await signCard(unsigned, { crypto, random }), 'CardImage')
}

async function authentication(
  name: ActiveAuthenticationKeyName | 'none',
  trailer: Iso9796Trailer,
  { signatureFormat }: CardPlan,
  random: RandomSource,
) {
  if (name === 'none') return undefined
  const { key, method } = await activeAuthenticationKey(name, random)
  const how: ActiveAuthenticationMethod =
    method.type === 'rsa' ? { type: 'rsa', trailer } : { ...method, ...(signatureFormat === 'der' && { format: 'der' }) }
  return { key, method: how }
}

function securityObjectForm({ securityObject }: CardPlan, { hash, ldsVersion }: PersonaliseOptions): SecurityObjectForm {
  return { ...securityObject, ...(hash && { hash }), ...(ldsVersion !== undefined && { ldsVersion }) }
}
