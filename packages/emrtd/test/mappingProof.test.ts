import { checkOf, encodeTlv, parseTlv } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { accessFromCan, type ChipReading, decodeReading, encodeReading, readChip, verifyReading } from '@cccd/emrtd'
import type { CardChannel } from '@cccd/iso7816'
import { createTrustStore } from '@cccd/pki'
import {
  type CardImage,
  createIssuer,
  issueCard,
  seededRandom,
  signCard,
  type VirtualCardOptions,
  virtualCard,
} from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'

const at = '2026-06-01T00:00:00Z'
let card: CardImage

beforeAll(async () => {
  const image = { type: 'jpeg', encode: async () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) } as const
  card = await issueCard({ profile: 'de-cam', index: 0, random: seededRandom('mapping'), at, image })
})

interface Case {
  readonly image?: CardImage
  readonly chip?: VirtualCardOptions
  readonly over?: (channel: CardChannel) => CardChannel
  readonly trusted?: CardImage
  readonly change?: (reading: ChipReading) => ChipReading
}

async function camKey({ image = card, chip = {}, over = (channel) => channel, trusted = card, change = (r) => r }: Case = {}) {
  const channel = over(virtualCard(image, { random: seededRandom('chip'), ...chip }))
  const reading = await readChip(channel, {
    access: accessFromCan(image.can),
    files: ['DG1'],
    random: seededRandom('terminal'),
    clock: () => Date.parse(at),
  })
  const trust = await createTrustStore({ anchors: [{ certificate: trusted.issuer.csca.certificate }], allowDemo: true })
  const report = await verifyReading(change(reading), { trust, at })
  const { status, reason } = checkOf(report, 'cam.key')
  return { reading, outcome: reason === undefined ? status : `${status}: ${reason}`, report }
}

/** The card with other keys or files, signed anew by its issuer. */
async function resigned(change: (card: CardImage) => CardImage): Promise<CardImage> {
  return signCard(change(card), { crypto: defaultCrypto(), random: seededRandom('resigned') })
}

describe('cam.key, from the chip to the report', () => {
  it('passes, EF.CardSecurity read without being asked for', async () => {
    const { reading, outcome, report } = await camKey()
    expect(outcome).toBe('passed')
    expect(reading.access).toMatchObject({ mapping: 'CAM', parameterId: 13 })
    expect(reading.files.CardSecurity).toEqual(card.files.CardSecurity)
    expect(checkOf(report, 'pace.downgrade').status).toBe('passed')
  })

  it('fails for a copy without the private key', async () => {
    expect((await camKey({ chip: { attack: 'cam-key' } })).outcome).toBe('failed: other-key')
  })

  it('fails where EF.CardSecurity has no key of that number', async () => {
    const image = await resigned((made) => ({
      ...made,
      chipKeys: made.chipKeys.map((key) => (key.use === 'mapping' ? { ...key, keyId: 14 } : key)),
    }))
    expect((await camKey({ image })).outcome).toBe('failed: refused')
  })

  it('fails where the file holds the key of another chip', async () => {
    const other = await resigned((made) => {
      const [key] = made.chipKeys.filter(({ use }) => use === 'chip-authentication')
      const publicKey = key?.publicKey ?? new Uint8Array(0)
      return { ...made, chipKeys: made.chipKeys.map((k) => (k.use === 'mapping' ? { ...k, publicKey } : k)) }
    })
    expect((await camKey({ image: other })).outcome).toBe('failed: other-key')
  })

  it('is inconclusive for an issuer that nobody knows', async () => {
    const stranger = await createIssuer({ random: seededRandom('stranger'), at })
    const trusted = { ...card, issuer: stranger }
    expect((await camKey({ trusted })).outcome).toBe('inconclusive: key-not-authentic')
  })

  it('is inconclusive for an EF.CardSecurity that its issuer did not sign', async () => {
    const broken = card.files.CardSecurity?.slice() ?? new Uint8Array(0)
    broken[broken.length - 5] = (broken[broken.length - 5] as number) ^ 1
    const image = { ...card, files: { ...card.files, CardSecurity: broken } }
    expect((await camKey({ image })).outcome).toBe('inconclusive: key-not-authentic')
  })

  it('fails for a chip that sends no proof although its signed list offers one', async () => {
    const { outcome, reading } = await camKey({ over: withoutProof })
    expect(outcome).toBe('failed: refused')
    expect(reading.access).toMatchObject({ mapping: 'CAM' })
  })

  it('is inconclusive for a proof that is missing where nothing signed says so', async () => {
    const stranger = { ...card, issuer: await createIssuer({ random: seededRandom('stranger'), at }) }
    expect((await camKey({ over: withoutProof, trusted: stranger })).outcome).toBe('inconclusive: key-not-authentic')
  })

  it('is not observed from a copy of the reading', async () => {
    const change = (reading: ChipReading): ChipReading => decodeReading(encodeReading(reading))
    expect((await camKey({ change })).outcome).toBe('inconclusive: not-observed')
  })

  it('goes on with EF.CardSecurity, not with the SOD, where the chip drops its channel in between', async () => {
    const traits = { maxRead: 128, overlongRead: 'channel-lost' } as const
    const { outcome, reading, report } = await camKey({ chip: { traits } })
    expect(reading.files.CardSecurity).toEqual(card.files.CardSecurity)
    expect(reading.files.SOD).toEqual(card.files.SOD)
    expect([outcome, checkOf(report, 'ca.keys').status]).toEqual(['passed', 'passed'])
  })
})

/** Takes DO 8A out of the last answer of PACE. */
function withoutProof(channel: CardChannel): CardChannel {
  return {
    ...channel,
    limits: channel.limits,
    async transmit(command, options) {
      const response = await channel.transmit(command, options)
      if (command[0] !== 0 || command[1] !== 0x86) return response
      const kept = parseTlv(response.subarray(0, -2), { tag: 0x7c })
        .children()
        .filter(({ tag }) => tag !== 0x8a)
      return Uint8Array.of(...encodeTlv(0x7c, ...kept.map(({ raw }) => raw)), 0x90, 0x00)
    },
    close: () => channel.close(),
  }
}
