import { decodeHex, encodeHex } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { accessFromCan, readChip, secureMessaging } from '@cccd/emrtd'
import {
  type CardChannel,
  decodeCommand,
  decodeResponse,
  encodeCommand,
  extendedLimits,
  type ResponseApdu,
  recording,
} from '@cccd/iso7816'
import { type CardImage, type ChipTraits, seededRandom, type VirtualCard, virtualCard } from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoCard } from './support/demo.js'
import { literalPace } from './support/literalPace.js'

const crypto = defaultCrypto()
let card: CardImage
beforeAll(async () => {
  card = await demoCard(1)
})

const chipWith = (traits: Partial<ChipTraits>): VirtualCard => virtualCard(card, { traits, random: seededRandom('traits') })
const raw = async (channel: CardChannel, hex: string): Promise<string> => encodeHex(await channel.transmit(decodeHex(hex)))

/** The chip opened, with the application selected; READ BINARY of DG2 by short identifier as a function of Le. */
async function opened(traits: Partial<ChipTraits>) {
  // The reader carries more than some of these chips.
  const chip = virtualCard(card, { traits, random: seededRandom('traits'), limits: extendedLimits })
  const [offer = { cipher: 'AES-128', parameterId: 13 }] = card.pace
  const { keys } = await literalPace(chip, card, { crypto, random: seededRandom('t'), offer, password: 'CAN' })
  if (keys === undefined) throw new Error('PACE failed')
  const secure = await secureMessaging(chip, keys, crypto)
  const ask = async (hex: string): Promise<ResponseApdu> => decodeResponse(await secure.transmit(decodeHex(hex)))
  await ask('00a4040c07a0000002471001')
  const read = async (le: number, file = 0x82): Promise<ResponseApdu> =>
    decodeResponse(await secure.transmit(encodeCommand({ cla: 0, ins: 0xb0, p1: file, p2: 0, le })))
  return { chip, ask, read }
}

describe('a chip that gives less', () => {
  it('shortens, names the length, refuses, or loses its channel', async () => {
    const most = { maxRead: 100 } as const
    expect((await (await opened({ ...most, overlongRead: 'shortened' })).read(200)).data.length).toBe(100)
    expect((await (await opened({ ...most, overlongRead: '6CXX' })).read(200)).sw).toBe(0x6c64)
    expect((await (await opened({ ...most, overlongRead: '6700' })).read(200)).sw).toBe(0x6700)
    const losing = await opened({ ...most, overlongRead: 'channel-lost' })
    expect((await losing.read(100)).data.length).toBe(100)
    await expect(losing.read(101)).rejects.toMatchObject({ code: 'SM_CHANNEL_LOST', sw: 0x6700 })
    expect(await raw(losing.chip, '0cb09d000d9701048e08000000000000000000')).toBe('6988')
  })

  it('ends a file as it likes', async () => {
    const length = card.files.DG1?.length ?? 0
    expect(await (await opened({ endOfFile: '6282' })).read(200, 0x81)).toMatchObject({ sw: 0x6282, data: card.files.DG1 })
    expect(await (await opened({ endOfFile: '9000' })).read(200, 0x81)).toMatchObject({ sw: 0x9000, data: card.files.DG1 })
    expect(await (await opened({ endOfFile: '6B00' })).read(200, 0x81)).toMatchObject({ sw: 0x6b00 })
    expect(await (await opened({ endOfFile: '6B00' })).read(length, 0x81)).toMatchObject({ sw: 0x9000 })
    const padded = await opened({ padding: 5 })
    expect((await padded.read(200, 0x81)).data.length).toBe(length + 5)
  })

  it('has no short identifiers', async () => {
    const { ask, read } = await opened({ shortFileIdentifiers: false })
    expect((await read(10)).sw).toBe(0x6a82)
    expect((await ask('00a4020c020101')).sw).toBe(0x9000)
    expect((await ask('00b000000a')).data).toEqual(card.files.DG1?.slice(0, 10))
  })

  it('carries less than the reader, and says so in EF.ATR/INFO alone', async () => {
    const traits: Partial<ChipTraits> = { extendedLength: { command: 300, response: 700 }, extendedLengthSaid: ['atr-info'] }
    const chip = chipWith(traits)
    expect(chip.limits).toEqual({ maxCommandLength: 300, maxResponseLength: 700 })
    expect(encodeHex(chip.answerToReset)).toBe('3b81800180' + '80')
    expect(await raw(chip, '00a4020c022f01')).toBe('9000')
    expect(await raw(chip, '00b0000000')).toBe('7f66080202012c020202bc9000')
    const beyond = virtualCard(card, { traits, limits: extendedLimits })
    expect(await raw(beyond, `0088000000012d${'00'.repeat(301)}0000`)).toBe('6700')
    const { read } = await opened(traits)
    // 700 − 2 bytes hold 41 blocks with their tags, less the padding.
    expect((await read(0x10000)).data.length).toBe(671)
  })
})

describe('the reader and', () => {
  const cases: readonly (readonly [string, Partial<ChipTraits>])[] = [
    ['blocks of 192 bytes without a channel to lose', { maxRead: 192, extendedLength: false }],
    ['a channel lost with every block that is too long', { maxRead: 192, extendedLength: false, overlongRead: 'channel-lost' }],
    ['6CXX', { maxRead: 192, extendedLength: false, overlongRead: '6CXX' }],
    ['6B00 at the end of a file', { endOfFile: '6B00' }],
    ['9000 at the end of a file', { endOfFile: '9000' }],
    ['padding after the end of a file', { padding: 7 }],
    ['no short identifiers', { shortFileIdentifiers: false }],
    ['DO 87 in odd instructions', { oddReadObject: 0x87 }],
    ['no short identifiers, padding and small blocks at once', { shortFileIdentifiers: false, padding: 3, maxRead: 160 }],
  ]

  it.each(cases)('%s', async (_name, traits) => {
    const channel = recording(chipWith(traits))
    const reading = await readChip(channel, {
      access: accessFromCan(card.can),
      files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
      random: seededRandom('reader'),
    })
    for (const name of ['SOD', 'DG1', 'DG2', 'DG13', 'DG14', 'DG15'] as const)
      expect([name, reading.files[name]]).toEqual([name, card.files[name]])
    for (const { command, response } of channel.trace().exchanges)
      if (response !== undefined) expect(response.length - 2).toBeLessThanOrEqual(decodeCommand(command).le ?? 0)
  })
})

it('commands in parts are put together, and nothing else comes in between', async () => {
  const chip = chipWith({})
  const template = '800a04007f00070202040202830102'
  expect(await raw(chip, `1022c1a407${template.slice(0, 14)}`)).toBe('9000')
  expect(await raw(chip, `0022c1a408${template.slice(14)}`)).toBe('9000')
  expect(await raw(chip, '10860000027c0000')).toMatch(/^7c128010.{32}9000$/)
  expect(await raw(chip, `1022c1a407${template.slice(0, 14)}`)).toBe('9000')
  expect(await raw(chip, '0084000008')).toBe('6883')
  expect(await raw(chip, '10b0000001')).toBe('6884')
  let answer = '9000'
  for (let parts = 0; answer === '9000' && parts < 40; parts++) answer = await raw(chip, `1022c1a4ff${'00'.repeat(255)}`)
  expect(answer).toBe('6700')
})
