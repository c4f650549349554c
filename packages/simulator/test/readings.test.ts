import { checkOf } from '@cccd/core'
import { accessFromCan, accessFromMrz, type ChipReading, readChip, verifyReading } from '@cccd/emrtd'
import { decodeCommand, recording, shortLimits } from '@cccd/iso7816'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import {
  type ActiveAuthenticationKeyName,
  type CardImage,
  type CardProfileName,
  type ChipAuthenticationOffer,
  type PersonaliseOptions,
  type QuirkSwitches,
  seededRandom,
  simulatedClock,
  virtualCard,
  withLinkModel,
} from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { at, demoCard, demoIssuer } from './support/demo.js'

const challenge = Uint8Array.of(1, 9, 2, 8, 3, 7, 4, 6)
const everything = ['COM', 'DG1', 'DG2', 'DG3', 'DG11', 'DG13', 'DG14', 'DG15'] as const

let trust: TrustStore
beforeAll(async () => {
  const { csca } = await demoIssuer()
  trust = await createTrustStore({ anchors: [{ certificate: csca.certificate, source: 'simulator' }], allowDemo: true })
})

interface Read {
  readonly options?: Partial<PersonaliseOptions>
  readonly profile?: CardProfileName
  readonly quirks?: QuirkSwitches
  readonly access?: 'can' | 'mrz' | 'bac'
}

async function read({
  options,
  profile = 'vn-2021',
  quirks,
  access = 'can',
}: Read): Promise<{ card: CardImage; reading: ChipReading }> {
  const card = await demoCard(4, options)
  const channel = recording(virtualCard(card, { profile, ...(quirks && { quirks }), random: seededRandom('chip') }))
  const reading = await readChip(channel, {
    access:
      access === 'can'
        ? accessFromCan(card.can)
        : accessFromMrz(card.mrz).filter((one) => access === 'mrz' || one.protocol === 'BAC'),
    allowBac: access === 'bac',
    files: everything,
    activeAuthentication: { challenge },
    random: seededRandom('terminal'),
  })
  for (const { command, response } of channel.trace().exchanges) {
    // Never more than Le, and no class 3 or 1 command with data in its answer.
    const { le = 0 } = decodeCommand(command)
    expect(response.length - 2).toBeLessThanOrEqual(le)
  }
  return { card, reading }
}

async function statusOf(reading: ChipReading, id: string): Promise<string> {
  const report = await verifyReading(reading, { trust, at, expect: { activeAuthenticationChallenge: challenge } })
  return checkOf(report, id).status
}

function expectAll({ card, reading }: { card: CardImage; reading: ChipReading }): void {
  for (const name of ['COM', 'DG1', 'DG2', 'DG13', 'DG14', 'DG15', 'SOD'] as const)
    expect(reading.files[name], name).toEqual(card.files[name])
  expect(reading.fileStatus.DG3).toMatchObject({ status: 'access-denied', sw: 0x6982 })
  expect(reading.fileStatus.DG11).toMatchObject({ status: 'not-found', sw: 0x6a82 })
}

describe('a card read by emrtd', () => {
  it.each<[string, Read, string]>([
    ['of Vietnam', {}, 'read'],
    ['with short length', { profile: 'vn-short' }, 'read'],
    ['that gives EF.CardAccess to SELECT alone', { quirks: { 'lv-p1-02': true } }, 'read-directly'],
    ['that keeps EF.CardAccess to itself', { quirks: { 'vn-cardaccess-6982': true } }, 'built-in'],
    ['with a master file and EF.ATR/INFO', { profile: 'de-cam' }, 'read'],
  ])('%s', async (_name, wanted, cardAccess) => {
    const outcome = await read(wanted)
    expectAll(outcome)
    expect(outcome.reading.access).toMatchObject({ protocol: 'PACE', password: 'CAN', cardAccess })
    expect(await statusOf(outcome.reading, 'aa.signature')).toBe('passed')
    expect(await statusOf(outcome.reading, 'ca.keys')).toBe('passed')
  })

  it.each(['mrz', 'bac'] as const)('access with %s', async (access) => {
    const outcome = await read({ access })
    expectAll(outcome)
    expect(outcome.reading.access).toMatchObject({ protocol: access === 'bac' ? 'BAC' : 'PACE', password: 'MRZ' })
    expect(await statusOf(outcome.reading, 'ca.keys')).toBe('passed')
  })

  // Curves are spread over the ciphers here; every pair runs in the full suite.
  it.each([
    ['3DES', 13],
    ['AES-128', 8],
    ['AES-192', 9],
    ['AES-256', 10],
    ['3DES', 11],
    ['AES-128', 12],
    ['AES-192', 14],
    ['AES-256', 15],
    ['AES-128', 16],
    ['AES-192', 17],
    ['AES-256', 18],
  ] as const)('PACE with %s and parameters %i', async (cipher, parameterId) => {
    const outcome = await read({ options: { pace: [{ cipher, parameterId }] } })
    expectAll(outcome)
    expect(outcome.reading.access).toMatchObject({ cipher, parameterId })
  })

  it('several ways of PACE, named by DO 84', async () => {
    const pace = [
      { cipher: 'AES-128', parameterId: 12 },
      { cipher: 'AES-128', parameterId: 13 },
      { cipher: 'AES-256', parameterId: 16 },
    ] as const
    expectAll(await read({ options: { pace } }))
  })

  it.each([
    { cipher: '3DES', group: 'P-256' },
    { cipher: 'AES-192', group: 'brainpoolP384r1' },
    { cipher: 'AES-256', group: 'P-521' },
  ] satisfies ChipAuthenticationOffer[])('Chip Authentication with $cipher on $curve', async (chipAuthentication) => {
    const outcome = await read({ options: { chipAuthentication: [chipAuthentication] } })
    expectAll(outcome)
    expect(await statusOf(outcome.reading, 'ca.keys')).toBe('passed')
  })

  it.each([
    'rsa-1024',
    'rsa-1536',
    'rsa-2048',
    'ecdsa-P-256',
    'ecdsa-P-521',
    'ecdsa-brainpoolP256r1',
    'ecdsa-brainpoolP512r1',
  ] satisfies ActiveAuthenticationKeyName[])('Active Authentication with %s, short and extended', async (aa) => {
    for (const profile of ['vn-2021', 'vn-short'] as const) {
      const outcome = await read({ options: { aa }, profile })
      expect(await statusOf(outcome.reading, 'aa.signature')).toBe('passed')
    }
  })

  it.each(['33CC', '34CC', '36CC', '35CC', '38CC'] as const)('trailer %s', async (trailer) => {
    const outcome = await read({ options: { trailer } })
    expect(await statusOf(outcome.reading, 'aa.signature')).toBe('passed')
  })

  it('a card without chip or active authentication says so', async () => {
    const { reading } = await read({ options: { aa: 'none', chipAuthentication: [] } })
    expect(await statusOf(reading, 'aa.signature')).toBe('not-supported')
    expect(await statusOf(reading, 'ca.keys')).toBe('not-supported')
  })
})

describe('link model', () => {
  it('counts, and takes its time on a clock that nobody waits for', async () => {
    const card = await demoCard(4)
    const time = async (limits?: typeof shortLimits): Promise<{ apdus: number; ms: number }> => {
      const clock = simulatedClock()
      const start = clock.now()
      const chip = virtualCard(card, { random: seededRandom('chip'), ...(limits && { limits }) })
      const channel = withLinkModel(chip, { latencyMs: 20, bitrate: 106_000, clock })
      await readChip(channel, { access: accessFromCan(card.can), random: seededRandom('terminal'), clock: () => clock.now() })
      const { apdus, ms, bytesSent, bytesReceived } = channel.statistics()
      expect(clock.now() - start).toBeCloseTo(ms)
      expect(ms).toBeCloseTo(20 * apdus + (8000 * (bytesSent + bytesReceived)) / 106_000)
      return { apdus, ms }
    }
    const extended = await time()
    const short = await time(shortLimits)
    expect(short.apdus).toBeGreaterThan(extended.apdus)
    expect(short.ms).toBeGreaterThan(extended.ms)
    expect(await time(shortLimits)).toEqual(short)
  })

  it('refuses a model that is none', () => {
    const chip = { transmit: async () => new Uint8Array(2), limits: shortLimits, close: async () => undefined }
    const clock = simulatedClock()
    expect(() => withLinkModel(chip, { latencyMs: -1, bitrate: 1, clock })).toThrow(RangeError)
    expect(() => withLinkModel(chip, { latencyMs: 0, bitrate: 0, clock })).toThrow(RangeError)
  })
})
