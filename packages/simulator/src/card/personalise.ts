import { markPersonal } from '@cccd/core'
import {
  type CryptoPort,
  defaultCrypto,
  generateKeyPair,
  type HashAlgorithm,
  type Iso9796Trailer,
  publicKeyOf,
  type RandomSource,
} from '@cccd/crypto'
import type { Citizen } from '../citizen/Citizen.js'
import { mrzLines } from '../citizen/mrzLines.js'
import { qrPayload } from '../citizen/qrPayload.js'
import type { DemoIssuer } from '../issuer/DemoIssuer.js'
import { cardAccess } from '../lds/cardAccess.js'
import { dg2 } from '../lds/dg2.js'
import { dg13 } from '../lds/dg13.js'
import { dg14 } from '../lds/dg14.js'
import type { ChipAuthenticationOffer, PaceOffer } from '../lds/protocols.js'
import { com, dg1, dg3, dg15 } from '../lds/smallFiles.js'
import { drawPortrait } from '../portrait/drawPortrait.js'
import { jpegEncoder } from '../portrait/jpegEncoder.js'
import type { PortraitEncoder } from '../portrait/PortraitEncoder.js'
import { type ActiveAuthenticationKeyName, activeAuthenticationKey } from './activeAuthenticationKey.js'
import type { ActiveAuthenticationMethod, CardImage } from './CardImage.js'
import { signCard } from './signCard.js'

export interface PersonaliseOptions {
  readonly random: RandomSource
  readonly crypto?: CryptoPort
  /** When the security object is signed, ISO 8601 (default: the issuer's `at`). */
  readonly at?: string
  /** Active authentication key (default `rsa-1536` with SHA-1 and trailer BC), or none. */
  readonly aa?: ActiveAuthenticationKeyName | 'none'
  /** Trailer, and with it the hash, of an RSA key (default `BC`, SHA-1: what the oldest terminals can check). */
  readonly trailer?: Iso9796Trailer
  /** Ways of PACE (default: AES-128 on brainpoolP256r1, as the Vietnamese card). */
  readonly pace?: readonly PaceOffer[]
  /** Default: AES-128 on brainpoolP256r1. */
  readonly chipAuthentication?: ChipAuthenticationOffer | 'none'
  /** Default: baseline JPEG; JPEG 2000 from the subpath `/jpeg2000`. */
  readonly image?: PortraitEncoder
  /** Hash of the data groups (default SHA-256). */
  readonly hash?: HashAlgorithm
  readonly ldsVersion?: 0 | 1
}

/**
 * A card for a citizen: the files of the Vietnamese chip (COM, SOD, DG1, DG2, DG3, DG13, DG14, DG15, EF.CardAccess) and its secrets.
 * The same random bytes give the same card.
 *
 * @throws SimulatorError `SIMULATOR_UNSUPPORTED`, `SIMULATOR_IMAGE_ENCODER`
 * @example
 * const card = await personalise(issuer, syntheticCitizen(0), { random: seededRandom('card 0'), aa: 'ecdsa-P-256' })
 * virtualCard(card)
 */
export async function personalise(issuer: DemoIssuer, citizen: Citizen, options: PersonaliseOptions): Promise<CardImage> {
  const { random } = options
  const crypto = options.crypto ?? defaultCrypto()
  const pace = options.pace ?? [{ cipher: 'AES-128', parameterId: 13 }]
  const offer = options.chipAuthentication ?? { cipher: 'AES-128', curve: 'brainpoolP256r1' }
  const chip = offer === 'none' ? undefined : { offer, key: await generateKeyPair({ type: 'ec', curve: offer.curve }, random) }
  const aa = options.aa === 'none' ? undefined : await activeAuthenticationKey(options.aa ?? 'rsa-1536', random)
  const method: ActiveAuthenticationMethod | undefined =
    aa?.method.type === 'rsa' ? { type: 'rsa', trailer: options.trailer ?? aa.method.trailer } : aa?.method

  const encoder = options.image ?? jpegEncoder()
  const pixels = drawPortrait({ random })
  const { width, height } = pixels
  const portrait = { type: encoder.type, width, height, bytes: await encoder.encode(pixels) }

  const mrz = mrzLines(citizen)
  const hasDg14 = chip !== undefined || pace.length > 0 || aa?.key.type === 'ec'
  const unsigned: CardImage = {
    version: 1,
    files: {
      CardAccess: cardAccess(pace, chip?.offer),
      COM: com([0x61, 0x75, 0x63, 0x6d, ...(hasDg14 ? [0x6e] : []), ...(aa === undefined ? [] : [0x6f])]),
      DG1: dg1(mrz),
      DG2: dg2(portrait, citizen.sex),
      DG3: dg3(),
      DG13: dg13(citizen),
      ...(hasDg14
        ? {
            DG14: dg14({
              pace,
              ...(chip && { chipAuthentication: { ...chip.offer, publicKey: publicKeyOf(chip.key) } }),
              ...(method?.type === 'ecdsa' && { activeAuthenticationHash: method.hash }),
            }),
          }
        : {}),
      ...(aa && { DG15: dg15(publicKeyOf(aa.key)) }),
    },
    denied: ['DG3'],
    citizen,
    mrz,
    qr: qrPayload(citizen),
    can: citizen.personalNumber.slice(6),
    pace,
    ...(chip && { chipAuthentication: chip.offer }),
    ...(method && { activeAuthentication: method }),
    privateKeys: { ...(aa && { activeAuthentication: aa.key }), ...(chip && { chipAuthentication: chip.key }) },
    signedAt: options.at ?? issuer.at,
    issuer,
  }
  const { hash, ldsVersion } = options
  const card = await signCard(unsigned, { crypto, random, ...(hash && { hash }), ...(ldsVersion && { ldsVersion }) })
  return markPersonal(card, 'CardImage')
}
