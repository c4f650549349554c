import { inspect } from 'node:util'
import { decodeJson, encodeBase64Url, encodeHex, encodeJson } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import {
  accessFromCan,
  accessFromMrz,
  accessFromQr,
  type ChipReading,
  createPartialReading,
  decodeReading,
  encodeReading,
  type FileName,
  openChip,
  type ReadChipOptions,
  readChip,
  readFile,
} from '@cccd/emrtd'
import { extendedLimits, faulty, recording, replay, shortLimits } from '@cccd/iso7816'
import { parseQr } from '@cccd/qr'
import {
  type CardImage,
  createIssuer,
  type DemoIssuer,
  type PersonaliseOptions,
  personalise,
  seededRandom,
  syntheticCitizen,
  type VirtualCardOptions,
  virtualCard,
} from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { observationOf } from '../src/reading/observation.js'

const files = ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'] as const
const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const clock = (): number => 1_800_000_000_000

let issuer: DemoIssuer
let card: CardImage

async function made(options: Partial<PersonaliseOptions> = {}): Promise<CardImage> {
  return personalise(issuer, syntheticCitizen(5), { random: seededRandom('read'), ...options })
}

beforeAll(async () => {
  issuer = await createIssuer({ random: seededRandom('read issuer'), at: '2026-01-01T00:00:00Z' })
  card = await made()
})

async function read(
  image: CardImage,
  chip: VirtualCardOptions = {},
  options: Partial<ReadChipOptions> = {},
): Promise<ChipReading> {
  const channel = virtualCard(image, { random: seededRandom('chip'), ...chip })
  const random = seededRandom('terminal')
  return readChip(channel, {
    access: accessFromCan(image.can),
    files,
    activeAuthentication: { challenge },
    random,
    clock,
    ...options,
  })
}

function expectWhole(reading: ChipReading, image: CardImage): void {
  for (const name of ['SOD', ...files] as readonly FileName[])
    expect([name, reading.files[name]]).toEqual([name, image.files[name]])
  expect(observationOf(reading)?.chipAuthentication?.status).toBe('passed')
  expect(reading.activeAuthentication?.sw).toBe(0x9000)
}

const locked: VirtualCardOptions = { quirks: { 'vn-cardaccess-6982': true } }

describe('the software card', () => {
  it.each<[string, VirtualCardOptions, string]>([
    ['of Vietnam', {}, 'read'],
    ['with short length', { profile: 'vn-short' }, 'read'],
    ['that keeps EF.CardAccess to itself', locked, 'built-in'],
    ['with a master file and EF.ATR/INFO', { profile: 'de-cam' }, 'read'],
  ])('%s', async (_name, options, source) => {
    const reading = await read(card, options)
    expectWhole(reading, card)
    expect(reading.access?.cardAccess).toBe(source)
  })

  it('opens with the QR alone, and with the MRZ', async () => {
    expectWhole(await read(card, {}, { access: accessFromQr(parseQr(card.qr)) }), card)
    const byMrz = await read(card, {}, { access: accessFromMrz(card.mrz) })
    expect(byMrz.access).toMatchObject({ protocol: 'PACE', password: 'MRZ', candidate: 0 })
  })

  it('opens with the MRZ key computed from the QR when the CAN is another', async () => {
    const [, ...others] = accessFromQr(parseQr(card.qr))
    const reading = await read(card, {}, { access: [...accessFromCan('999999'), ...others] })
    expect(reading.access).toMatchObject({ password: 'MRZ', candidate: 1, refused: [{ reason: 'PACE_WRONG_PASSWORD' }] })
  })

  it('BAC, only where allowed, with the refusal of PACE in the record', async () => {
    const withoutPace = await made({ pace: [] })
    const access = accessFromMrz(withoutPace.mrz)
    const refused = read(withoutPace, locked, { access })
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/^PACE_/) })
    const reading = await read(withoutPace, locked, { access, allowBac: true })
    expect(reading.access).toMatchObject({ protocol: 'BAC', cipher: '3DES', refused: [{ protocol: 'PACE' }] })
    expectWhole(reading, withoutPace)
  })

  it.each(['3DES', 'AES-192', 'AES-256'] as const)('PACE and Chip Authentication with %s', async (cipher) => {
    const image = await made({ pace: [{ cipher, parameterId: 12 }], chipAuthentication: [{ cipher, group: 'P-256' }] })
    const reading = await read(image)
    expectWhole(reading, image)
    expect(reading.access?.cipher).toBe(cipher)
  })

  it('takes the best of several offers', async () => {
    const pace = [
      { cipher: '3DES', parameterId: 13 },
      { cipher: 'AES-128', parameterId: 13 },
      { cipher: 'AES-256', parameterId: 17 },
    ] as const
    const image = await made({ pace })
    expect((await read(image)).access).toMatchObject({ cipher: 'AES-256', parameterId: 17, offered: { length: 3 } })
  })

  it.each([
    ['rsa-1024', 128],
    ['rsa-2048', 256],
    ['rsa-4096', 512],
    ['ecdsa-P-256', 64],
  ] as const)('an answer by %s, over short and extended length', async (aa, length) => {
    const image = await made({ aa })
    for (const limits of [shortLimits, extendedLimits]) {
      const reading = await read(image, { limits })
      expect(reading.activeAuthentication?.response).toHaveLength(length)
      expectWhole(reading, image)
    }
  })

  it('without active authentication: DG15 is recorded as absent, nothing is asked', async () => {
    const image = await made({ aa: 'none' })
    const reading = await read(image)
    expect(reading.fileStatus.DG15).toMatchObject({ status: 'not-found' })
    expect(reading.activeAuthentication).toBeUndefined()
  })

  it('fingerprints are denied and never fatal', async () => {
    const reading = await read(card, {}, { files: ['DG1', 'DG3', 'DG11'] })
    expect(reading.fileStatus.DG3).toEqual({ status: 'access-denied', sw: 0x6982 })
    expect(reading.fileStatus.DG11).toEqual({ status: 'not-found', sw: 0x6a82 })
  })

  it('survives the two codecs and structuredClone', async () => {
    const reading = await read(card)
    expect(decodeReading(encodeReading(reading))).toEqual(reading)
    expect(decodeJson(encodeJson(reading))).toEqual(reading)
    expect(structuredClone(reading)).toEqual(reading)
    expect(observationOf(structuredClone(reading))).toBeUndefined()
  })

  it('a recording replays to the same reading', async () => {
    const random = seededRandom('terminal')
    const channel = recording(virtualCard(card, { random: seededRandom('chip') }))
    const options = { access: accessFromCan(card.can), files, activeAuthentication: { challenge }, clock }
    const first = await readChip(channel, { ...options, random })
    const second = await readChip(replay(channel.trace()), { ...options, random: seededRandom('terminal') })
    expect(second).toEqual(first)
  })

  it('a clone: chip authentication failed, the rest read', async () => {
    const reading = await read(card, { attack: 'clone' })
    expect(reading.chipAuthentication?.status).toBe('failed')
    expect(reading.files.DG2).toEqual(card.files.DG2)
  })

  it('step by step, for tools that look at a chip', async () => {
    const session = await openChip(virtualCard(card), { access: accessFromCan(card.can) })
    expect(await readFile(session, 'COM')).toEqual({ status: 'read' })
    expect(await readFile(session, 'DG3')).toMatchObject({ status: 'access-denied' })
    expect(session.limits).toEqual({ shortFileIdentifiers: true, answerLength: 65_536 })
    expect(session.record?.offered).toEqual(['0.4.0.127.0.7.2.2.4.2.2'])
    session.secure?.end()
  })
})

describe('a link that breaks at any APDU', () => {
  it('is LINK_LOST, and the second tap ends with the same reading', async () => {
    const whole = await read(card, { limits: shortLimits })
    for (let at = 1; at <= 90; at += 7) {
      const into = createPartialReading()
      const channel = faulty(virtualCard(card, { limits: shortLimits }), [{ at, fault: { type: 'link-lost' } }])
      const options = { access: accessFromCan(card.can), files, activeAuthentication: { challenge }, clock, into }
      await expect(readChip(channel, options)).rejects.toMatchObject({ code: 'LINK_LOST', retryable: true })
      const reading = await readChip(virtualCard(card, { limits: shortLimits }), options)
      expect(reading.files).toEqual(whole.files)
      expect(reading.activeAuthentication?.challenge).toEqual(challenge)
    }
  })
})

describe('nothing of the person leaves where nobody asked', () => {
  it('in events, errors, sessions and prints', async () => {
    const said: string[] = []
    const note = (value: unknown): void => {
      said.push(inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null }))
    }
    const onProgress = note
    note(await read(card, {}, { onProgress }))
    note(accessFromQr(parseQr(card.qr)))
    for (const chip of [{ attack: 'clone' }, { attack: 'skip-aa' }] as const) note(await read(card, chip, { onProgress }))
    const wrong = read(card, {}, { access: accessFromCan('999999'), onProgress }).catch((error: unknown) => error)
    note(await wrong)
    for (let at = 0; at < 30; at++) {
      const channel = virtualCard(card, { random: seededRandom('chip') })
      let count = 0
      const bent = {
        ...channel,
        transmit: async (command: Uint8Array) => {
          const answer = await channel.transmit(command)
          return count++ === at ? answer.map((byte, place) => (place === 3 ? byte ^ 1 : byte)) : answer
        },
      }
      note(await readChip(bent, { access: accessFromCan(card.can), onProgress }).catch((error: unknown) => error))
    }
    const dg2 = card.files.DG2 as Uint8Array
    const hashes = files.map((name) => defaultCrypto().hash('sha256', card.files[name] as Uint8Array))
    const secret = [
      card.citizen.personalNumber,
      card.citizen.personalNumber.slice(3),
      card.can,
      card.citizen.fullName,
      ...card.mrz,
      encodeHex(dg2.subarray(2_000, 2_016)),
      encodeBase64Url(dg2.subarray(2_000, 2_016)),
      dg2.subarray(2_000, 2_008).join(', '),
      ...hashes.flatMap((hash) => [encodeHex(hash), encodeBase64Url(hash), hash.subarray(0, 8).join(', ')]),
    ]
    const everything = said.join('\n')
    expect(said.length).toBeGreaterThan(100)
    for (const text of secret) expect(everything.includes(text)).toBe(false)
  })

  it('not even from an opened session', async () => {
    const session = await openChip(virtualCard(card), { access: accessFromCan(card.can) })
    await readFile(session, 'DG1')
    const printed = inspect(session, { depth: 12 })
    expect(printed).not.toContain(card.can)
    expect(printed).not.toContain(card.files.DG1?.subarray(5, 13).join(', '))
  })
})
