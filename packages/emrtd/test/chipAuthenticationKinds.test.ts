import { checkOf } from '@cccd/core'
import { accessFromCan, readChip, verifyReading } from '@cccd/emrtd'
import { shortLimits } from '@cccd/iso7816'
import { createTrustStore } from '@cccd/pki'
import {
  type CardImage,
  type ChipAuthenticationOffer,
  createIssuer,
  type DemoIssuer,
  personalise,
  seededRandom,
  syntheticCitizen,
  type VirtualCardOptions,
  virtualCard,
} from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'

const at = '2026-06-01T00:00:00Z'
const curve = 'brainpoolP256r1'
const prime = 'rfc5114-2048-256'
let issuer: DemoIssuer

beforeAll(async () => {
  issuer = await createIssuer({ random: seededRandom('kinds issuer'), at })
})

async function cardWith(chipAuthentication: readonly ChipAuthenticationOffer[]): Promise<CardImage> {
  const random = seededRandom('kinds card')
  return personalise(issuer, syntheticCitizen(6), {
    random,
    chipAuthentication,
    pace: [{ cipher: 'AES-256', parameterId: 13 }],
    aa: 'none',
  })
}

async function readAndVerify(card: CardImage, options: VirtualCardOptions = {}) {
  const chip = virtualCard(card, { random: seededRandom('chip'), ...options })
  const reading = await readChip(chip, {
    access: accessFromCan(card.can),
    files: ['DG1'],
    random: seededRandom('terminal'),
    clock: () => Date.parse(at),
  })
  const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca.certificate }], allowDemo: true })
  return { reading, check: checkOf(await verifyReading(reading, { trust, at }), 'ca.keys') }
}

const oid = (suffix: string): string => `0.4.0.127.0.7.2.2.3.${suffix}`

/** What a chip offers, and what is taken up: protocol and key. */
const kinds: readonly (readonly [string, readonly ChipAuthenticationOffer[], { oid: string; keyId?: number }])[] = [
  ['AES-192 over a curve', [{ cipher: 'AES-192', group: curve }], { oid: oid('2.3') }],
  ['3DES over a curve, from AES', [{ cipher: '3DES', group: curve, keyId: 3 }], { oid: oid('2.1'), keyId: 3 }],
  ['3DES modulo a prime, in one command', [{ cipher: '3DES', group: prime }], { oid: oid('1.1') }],
  ['AES-128 modulo a prime', [{ cipher: 'AES-128', group: prime, keyId: 1 }], { oid: oid('1.2'), keyId: 1 }],
  ['a key alone on a curve', [{ cipher: '3DES', group: curve, info: false }], { oid: oid('2.1') }],
  ['a key alone modulo a prime', [{ cipher: '3DES', group: prime, info: false }], { oid: oid('1.1') }],
  [
    'the longest session key of several',
    [
      { cipher: 'AES-128', group: curve, keyId: 1 },
      { cipher: 'AES-256', group: 'P-384', keyId: 300 },
      { cipher: '3DES', group: prime, keyId: 2 },
    ],
    { oid: oid('2.4'), keyId: 300 },
  ],
  [
    'the curve of two alike',
    [
      { cipher: 'AES-128', group: prime, keyId: 1 },
      { cipher: 'AES-128', group: curve, keyId: 2 },
    ],
    { oid: oid('2.2'), keyId: 2 },
  ],
]

describe('Chip Authentication with every kind of key', () => {
  it.each(kinds)('proves the chip: %s', async (_name, offers, taken) => {
    const card = await cardWith(offers)
    const { reading, check } = await readAndVerify(card)
    expect(reading.chipAuthentication).toMatchObject({ status: 'performed', ...taken })
    expect(check).toMatchObject({ status: 'passed', data: taken })
    const copy = { ...card, chipKeys: card.chipKeys.map(({ secret: _secret, ...key }) => key) }
    expect((await readAndVerify(copy)).check).toMatchObject({ status: 'failed', reason: 'session-keys-wrong' })
  })

  it.each(['3DES', 'AES-128'] as const)('sends a long key in parts where only short commands pass, with %s', async (cipher) => {
    const card = await cardWith([{ cipher, group: prime, keyId: 1 }])
    const { check } = await readAndVerify(card, { limits: shortLimits, traits: { extendedLength: false } })
    expect(check).toMatchObject({ status: 'passed' })
  })
})
