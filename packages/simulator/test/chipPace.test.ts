import { concatBytes, encodeHex, encodeTlv, parseTlv } from '@cccd/core'
import type { CurveName, DhGroupName } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { accessFromPin, parseDg14, parseSecurityInfos, readChip, secureMessaging } from '@cccd/emrtd'
import { parseCardSecurity } from '@cccd/emrtd/files'
import { type CardChannel, type CommandApdu, type ResponseApdu, send, shortLimits } from '@cccd/iso7816'
import {
  type CardImage,
  issueCard,
  type PaceOffer,
  type PersonaliseOptions,
  paceExclusion,
  personalise,
  seededRandom,
  type VirtualCard,
  virtualCard,
} from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { demoCard, demoIssuer } from './support/demo.js'
import { type LiteralPaceOptions, type LiteralPassword, literalPace, provesKey } from './support/literalPace.js'

const crypto = defaultCrypto()
const at = '2026-06-01T00:00:00Z'

async function run(card: CardImage, options: Partial<LiteralPaceOptions>, chip: VirtualCard = virtualCard(card)) {
  const [offer] = card.pace
  if (offer === undefined) throw new Error('no PACE')
  return literalPace(chip, card, { crypto, random: seededRandom('terminal'), offer, password: 'CAN', ...options })
}

/** The card with another way of PACE; what its files say of it does not matter here. */
async function offering(...pace: PaceOffer[]): Promise<CardImage> {
  return { ...(await demoCard(1)), pace }
}

async function open(chip: VirtualCard, keys: Awaited<ReturnType<typeof run>>['keys']): Promise<CardChannel> {
  if (keys === undefined) throw new Error('PACE failed')
  return secureMessaging(chip, keys, crypto)
}

/** One command, whatever its status word. */
function ask(channel: CardChannel, command: CommandApdu): Promise<ResponseApdu> {
  return send(channel, command, { accept: () => true })
}

const selectApplication = {
  cla: 0,
  ins: 0xa4,
  p1: 4,
  p2: 0x0c,
  data: Uint8Array.of(0xa0, 0, 0, 2, 0x47, 0x10, 1),
} as const

describe('PACE on the chip, held against a literal terminal', () => {
  // A diagonal through mapping × parameters × cipher × password; every cell is the matrix of reader and chip.
  const cells: readonly (readonly [PaceOffer['mapping'], number, PaceOffer['cipher'], LiteralPassword])[] = [
    ['GM', 0, '3DES', 'MRZ'],
    ['GM', 1, 'AES-128', 'CAN'],
    ['GM', 2, 'AES-256', 'MRZ'],
    ['GM', 10, 'AES-192', 'CAN'],
    ['IM', 0, 'AES-192', 'CAN'],
    ['IM', 2, 'AES-128', 'MRZ'],
    ['IM', 8, '3DES', 'CAN'],
    ['IM', 11, 'AES-192', 'MRZ'],
    ['IM', 13, 'AES-128', 'CAN'],
    ['IM', 14, 'AES-256', 'MRZ'],
    ['IM', 18, 'AES-256', 'CAN'],
    ['CAM', 12, 'AES-128', 'MRZ'],
    ['CAM', 16, 'AES-192', 'CAN'],
    ['CAM', 18, 'AES-256', 'CAN'],
  ]

  it.each(cells)('%s, parameters %i, %s, %s', async (mapping = 'GM', parameterId, cipher, password) => {
    const card = await offering({ cipher, parameterId, mapping })
    const chip = virtualCard(card, { random: seededRandom('chip') })
    const outcome = await run(card, { password }, chip)
    expect(outcome).toMatchObject({ selected: 0x9000, sw: 0x9000, token: true })
    expect(outcome.proof === undefined).toBe(mapping !== 'CAM')
    const secure = await open(chip, outcome.keys)
    expect((await ask(secure, selectApplication)).sw).toBe(0x9000)
    expect((await ask(secure, { cla: 0, ins: 0xb0, p1: 0x81, p2: 0, le: 223 })).data).toEqual(card.files.DG1)
    const wrong = { MRZ: 'T22000129364081251010318', CAN: '000000' }[password as 'MRZ' | 'CAN']
    expect(await run(card, { password, secret: wrong })).toMatchObject({ selected: 0x9000, sw: 0x6300 })
  })

  it('long keys arrive in parts where the reader carries short length alone', async () => {
    const card = await offering({ cipher: 'AES-128', parameterId: 2 })
    const chip = virtualCard(card, { limits: shortLimits, traits: { extendedLength: false } })
    expect(await run(card, { chained: 100 }, chip)).toMatchObject({ sw: 0x9000, token: true })
  })

  it('several ways are told apart by the number of their parameters, explicit ones by a number of the chip', async () => {
    const offers: readonly PaceOffer[] = [
      { cipher: 'AES-128', parameterId: 12 },
      { cipher: 'AES-128', parameterId: 13 },
      { cipher: 'AES-128', parameterId: 15, explicitId: 33 },
    ]
    const card = await offering(...offers)
    for (const offer of offers) expect(await run(card, { offer, named: true })).toMatchObject({ sw: 0x9000, token: true })
    expect(await run(card, { offer: { cipher: 'AES-128', parameterId: 15 }, named: true })).toMatchObject({ selected: 0x6a88 })
    expect(await run(card, { offer: { cipher: 'AES-256', parameterId: 13 } })).toMatchObject({ selected: 0x6a80 })
    const made = await personalised(offers)
    const infos = parseSecurityInfos(made.files.CardAccess ?? new Uint8Array(0))
    expect(infos.map(({ type }) => type)).toEqual(expect.arrayContaining(['pace', 'pace', 'pace']))
    expect(infos.some(({ oid }) => oid === '0.4.0.127.0.7.2.2.4.2')).toBe(true)
  })

  async function personalised(pace: readonly PaceOffer[]): Promise<CardImage> {
    return demoCard(1, { pace })
  }
})

describe('what the standard has not', () => {
  const excluded: readonly (readonly [PaceOffer, string])[] = [
    [{ cipher: 'AES-128', parameterId: 10, mapping: 'IM' }, 'im-needs-p-3-mod-4'],
    [{ cipher: 'AES-128', parameterId: 2, mapping: 'CAM' }, 'cam-needs-ecdh'],
    [{ cipher: '3DES', parameterId: 13, mapping: 'CAM' }, 'cam-needs-aes'],
    [{ cipher: 'AES-128', parameterId: 7 }, 'no-such-parameters'],
  ]

  it.each(excluded)('%o is not personalised, and refused by a chip that offers it all the same', async (offer, reason) => {
    expect(paceExclusion(offer)).toBe(reason)
    await expect(demoCard(1, { pace: [offer] })).rejects.toMatchObject({
      code: 'SIMULATOR_UNSUPPORTED',
      params: { reason, parameterId: offer.parameterId },
    })
    // Some have no identifier that a terminal could send.
    if (offer.parameterId === 7 || offer.parameterId === 2) return
    expect(await run(await offering(offer), { offer })).toMatchObject({ selected: 0x6a80 })
  })

  it('and nothing else', () => {
    let works = 0
    for (const mapping of ['GM', 'IM', 'CAM'] as const)
      for (const cipher of ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const)
        for (const parameterId of [0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])
          if (paceExclusion({ mapping, cipher, parameterId }) === undefined) works++
    // GM: 14 × 4; IM: 13 × 4; CAM: 11 × 3.
    expect(works).toBe(56 + 52 + 33)
  })
})

describe('chip-authentication mapping', () => {
  it('proves the key of EF.CardSecurity whose number is that of the parameters, and a copy does not', async () => {
    const card = await issueCard({ profile: 'de-cam', index: 0, random: seededRandom('cam'), at })
    const keys = parseCardSecurity(card.files.CardSecurity ?? new Uint8Array(0)).securityInfos.flatMap((info) =>
      info.type === 'chip-authentication-public-key' ? [info.keyId] : [],
    )
    expect(keys).toEqual([72, 13])
    const mapping = card.chipKeys.find(({ use }) => use === 'mapping')
    const group = crypto.curve('brainpoolP256r1')
    const { proof } = await run(card, {})
    expect(await provesKey(proof, mapping?.publicKey ?? new Uint8Array(0), group)).toBe(true)
    const other = card.chipKeys.find(({ use }) => use === 'chip-authentication')
    expect(await provesKey(proof, other?.publicKey ?? new Uint8Array(0), group)).toBe(false)
    const copied = await run(card, {}, virtualCard(card, { attack: 'cam-key', random: seededRandom('copy') }))
    expect(copied).toMatchObject({ sw: 0x9000, token: true })
    expect(await provesKey(copied.proof, mapping?.publicKey ?? new Uint8Array(0), group)).toBe(false)
  })

  it('gives EF.CardSecurity under its channel, by short identifier where SELECT is refused', async () => {
    const card = await issueCard({ profile: 'de-cam', index: 0, random: seededRandom('cam'), at })
    const chip = virtualCard(card)
    expect(encodeHex(await chip.transmit(Uint8Array.of(0, 0xb0, 0x9d, 0, 0)))).toBe('6982')
    const secure = await open(chip, (await run(card, {}, chip)).keys)
    const select = { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: Uint8Array.of(1, 0x1d) }
    expect((await ask(secure, select)).sw).toBe(0x6a80)
    const first = await ask(secure, { cla: 0, ins: 0xb0, p1: 0x9d, p2: 0, le: 200 })
    expect(first.data).toEqual(card.files.CardSecurity?.slice(0, 200))
  })
})

describe('PIN and PUK', () => {
  const made = (): Promise<CardImage> => issueCard({ profile: 'pin-card', index: 0, random: seededRandom('pin card'), at })

  it('count down, suspend, block and unblock, and outlast the power', async () => {
    const card = await made()
    const chip = virtualCard(card)
    const pin = (secret?: string) => run(card, { password: 'PIN', ...(secret !== undefined && { secret }) }, chip)
    expect(await pin()).toMatchObject({ selected: 0x9000, sw: 0x9000 })
    expect(await pin('000000')).toMatchObject({ selected: 0x9000, sw: 0x63c2 })
    await chip.reset()
    expect(await pin('000000')).toMatchObject({ selected: 0x63c2, sw: 0x63c1 })
    // Suspended: the right PIN alone does not help any more.
    expect(await pin()).toMatchObject({ selected: 0x63c1, sw: 0x6985 })
    const secure = await open(chip, (await run(card, { password: 'CAN' }, chip)).keys)
    expect(await run(card, { password: 'PIN', secret: '000000' }, overChannel(chip, secure))).toMatchObject({
      selected: 0x63c1,
      sw: 0x63c0,
    })
    expect(await pin()).toMatchObject({ selected: 0x63c0, sw: 0x6983 })
    const unblocking = await open(chip, (await run(card, { password: 'PUK' }, chip)).keys)
    expect((await ask(unblocking, { cla: 0, ins: 0x2c, p1: 3, p2: 3 })).sw).toBe(0x9000)
    expect(await pin()).toMatchObject({ selected: 0x9000, sw: 0x9000 })
  })

  it('the right PIN under the channel of the access number resumes', async () => {
    const card = await made()
    const chip = virtualCard(card)
    for (const secret of ['000000', '111111']) await run(card, { password: 'PIN', secret }, chip)
    const secure = await open(chip, (await run(card, { password: 'CAN' }, chip)).keys)
    expect(await run(card, { password: 'PIN' }, overChannel(chip, secure))).toMatchObject({ selected: 0x63c1, sw: 0x9000 })
    expect(await run(card, { password: 'PIN' }, chip)).toMatchObject({ selected: 0x9000, sw: 0x9000 })
  })

  it('are told by the reader: tries that are left, suspended, blocked', async () => {
    const card = await made()
    const chip = virtualCard(card)
    const read = async (pin: string, can?: string): Promise<unknown> =>
      readChip(chip, { access: accessFromPin(pin, can === undefined ? {} : { can }), files: ['DG1'] }).catch((error) => error)
    const { pin = '' } = card
    expect(await read(pin)).toMatchObject({ access: { password: 'PIN' }, files: { DG1: card.files.DG1 } })
    expect(await read('000000')).toMatchObject({ code: 'PACE_WRONG_PASSWORD', params: { retries: 2 } })
    expect(await read('000000')).toMatchObject({ code: 'PACE_WRONG_PASSWORD', params: { retries: 1 } })
    expect(await read(pin)).toMatchObject({ code: 'PACE_SUSPENDED' })
    expect(await read(pin, card.can)).toMatchObject({ access: { password: 'PIN' } })
    for (const can of [undefined, undefined, card.can]) await read('000000', can)
    expect(await read(pin, card.can)).toMatchObject({ code: 'PACE_BLOCKED' })
  })

  it('the PUK opens no file, MRZ and access number never block', async () => {
    const card = await made()
    const chip = virtualCard(card)
    const secure = await open(chip, (await run(card, { password: 'PUK' }, chip)).keys)
    await ask(secure, selectApplication)
    expect((await ask(secure, { cla: 0, ins: 0xb0, p1: 0x81, p2: 0, le: 8 })).sw).toBe(0x6982)
    for (let i = 0; i < 12; i++) expect(await run(card, { secret: '999999' }, chip)).toMatchObject({ sw: 0x6300 })
    expect(await run(card, {}, chip)).toMatchObject({ sw: 0x9000 })
  })

  it('a card without them has no such password', async () => {
    expect(await run(await demoCard(1), { password: 'PIN' })).toMatchObject({ selected: 0x6a88 })
  })

  /** PACE inside of a protected channel. */
  function overChannel(chip: VirtualCard, secure: CardChannel): VirtualCard {
    return { ...chip, transmit: (command) => secure.transmit(command), limits: secure.limits }
  }
})

describe('Chip Authentication', () => {
  async function opened(options: Partial<PersonaliseOptions>) {
    const card = await demoCard(1, options)
    const chip = virtualCard(card)
    const secure = await open(chip, (await run(card, {}, chip)).keys)
    await ask(secure, selectApplication)
    return { card, secure }
  }

  it('over a prime group, its key in parts', async () => {
    const group = 'rfc5114-2048-256' satisfies DhGroupName
    const { card, secure } = await opened({ chipAuthentication: [{ cipher: 'AES-128', group, keyId: 5 }] })
    const [info] = parseDg14(card.files.DG14 ?? new Uint8Array(0)).securityInfos.filter(
      ({ type }) => type === 'chip-authentication',
    )
    expect(info).toMatchObject({ agreement: 'DH', keyId: 5 })
    const oid = encodeTlv(0x80, Uint8Array.of(4, 0, 0x7f, 0, 7, 2, 2, 3, 1, 2))
    const set = (id: number) =>
      ask(secure, { cla: 0, ins: 0x22, p1: 0x41, p2: 0xa4, data: concatBytes(oid, encodeTlv(0x84, Uint8Array.of(id))) })
    expect((await set(6)).sw).toBe(0x6a88)
    expect((await set(5)).sw).toBe(0x9000)
    const dh = crypto.dhGroup(group)
    const own = dh.randomScalar(seededRandom('terminal key'))
    const data = encodeTlv(0x7c, encodeTlv(0x80, await dh.publicKey(own)))
    const part = { ins: 0x86, p1: 0, p2: 0 }
    expect((await ask(secure, { cla: 0x10, ...part, data: data.slice(0, 200) })).sw).toBe(0x9000)
    const answer = await ask(secure, { cla: 0, ...part, data: data.slice(200), le: 256 })
    expect(answer.sw).toBe(0x9000)
    expect(parseTlv(answer.data).tag).toBe(0x7c)
  })

  it('with several keys, each by its number', async () => {
    const curves: readonly CurveName[] = ['brainpoolP256r1', 'P-256']
    const { secure } = await opened({
      chipAuthentication: curves.map((group, index) => ({ cipher: '3DES', group, keyId: index + 1 })),
    })
    const group = crypto.curve('P-256')
    const key = encodeTlv(0x91, await group.publicKey(group.randomScalar(seededRandom('t'))))
    const kat = (id: number) =>
      ask(secure, { cla: 0, ins: 0x22, p1: 0x41, p2: 0xa6, data: concatBytes(key, encodeTlv(0x84, Uint8Array.of(id))) })
    // The first key is one of another curve.
    expect((await kat(1)).sw).toBe(0x6a80)
    expect((await kat(3)).sw).toBe(0x6a88)
    expect((await kat(2)).sw).toBe(0x9000)
  })
})

it('a personalised card of another issuer keeps its kind', async () => {
  const card = await issueCard({ profile: 'pt-der-aa', index: 0, random: seededRandom('pt'), at })
  const again = await personalise(await demoIssuer(), card.citizen, { random: seededRandom('pt again'), profile: card.profile })
  expect(again).toMatchObject({ profile: 'pt-der-aa', activeAuthentication: { type: 'ecdsa', format: 'der' } })
})
