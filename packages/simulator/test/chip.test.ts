import { concatBytes, decodeHex, encodeHex } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { accessFromCan, pace, parseSecurityInfos, secureMessaging, vietnameseCardAccess } from '@cccd/emrtd'
import { type CardChannel, type CommandApdu, decodeResponse, encodeCommand, type ResponseApdu, recording } from '@cccd/iso7816'
import { type CardImage, type CardProfileName, seededRandom, type VirtualCard, virtualCard } from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoCard } from './support/demo.js'

const selectApplication = '00a4040c07a0000002471001'
const crypto = defaultCrypto()
let card: CardImage

beforeAll(async () => {
  card = await demoCard(1)
})

async function raw(channel: CardChannel, hex: string): Promise<string> {
  return encodeHex(await channel.transmit(decodeHex(hex)))
}

async function ask(channel: CardChannel, command: CommandApdu): Promise<ResponseApdu> {
  return decodeResponse(await channel.transmit(encodeCommand(command, { extended: (command.le ?? 0) > 256 })))
}

/** A session after PACE with the card access number; `tamper` changes protected commands on their way. */
async function session(chip: VirtualCard, tamper: (command: Uint8Array) => Uint8Array = (command) => command) {
  const [info] = parseSecurityInfos(vietnameseCardAccess).filter((one) => one.type === 'pace')
  const [candidate] = accessFromCan(card.can)
  if (info === undefined || candidate?.password !== 'CAN') throw new Error('no way in')
  const keys = await pace(chip, { info, password: candidate, crypto, random: seededRandom('terminal') })
  const wire: CardChannel = {
    transmit: (command) => chip.transmit(((command[0] ?? 0) & 0x0c) === 0x0c ? tamper(command) : command),
    limits: chip.limits,
    close: () => chip.close(),
  }
  const secure = await secureMessaging(wire, keys, crypto)
  await ask(secure, { cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: decodeHex('a0000002471001') })
  return secure
}

function chipOf(profile: CardProfileName = 'vn-2021', seed = 'chip'): VirtualCard {
  return virtualCard(card, { profile, random: seededRandom(seed) })
}

describe('before access', () => {
  const refusals: readonly (readonly [string, string, string])[] = [
    ['SELECT of the master file', '00a4000c023f00', '6d00'],
    ['SELECT of EF.CardAccess', '00a4020c02011c', '9000'],
    ['SELECT of EF.CardSecurity', '00a4020c02011d', '6a82'],
    ['SELECT of EF.DIR', '00a4020c022f00', '6a82'],
    ['SELECT of another application', '00a4040c07a0000002472001', '6a82'],
    ['SELECT by path', '00a4080c020101', '6a86'],
    ['READ BINARY without a file', '00b0000000', '6986'],
    ['READ BINARY of EF.CardAccess by short identifier, past its end', '00b09c4000', '6b00'],
    ['READ BINARY without Le', '00b00000', '6700'],
    ['EXTERNAL AUTHENTICATE before the application', `0082000028${'00'.repeat(40)}28`, '6985'],
    ['INTERNAL AUTHENTICATE', '0088000008010203040506070800', '6982'],
    ['MSE of Chip Authentication', '002241a40c800a04007f00070202030202', '6982'],
    ['MSE of PACE with a protocol that is not offered', '0022c1a40f800a04007f00070202040204830102', '6a80'],
    ['MSE of PACE with the PIN', '0022c1a40f800a04007f00070202040202830103', '6a88'],
    ['MSE of PACE without data', '0022c1a4', '6a80'],
    ['MSE of Terminal Authentication', '002281b602830100', '6a80'],
    ['GENERAL AUTHENTICATE without MSE', '10860000027c0000', '6985'],
    ['GET RESPONSE with nothing there', '00c0000000', '6985'],
    ['an unknown instruction', '00ff0000', '6d00'],
    ['an unknown class', '80a40000', '6e00'],
    ['a length that does not add up', '00a4020c0501', '6700'],
    ['a protected command without a session', '0cb000000d9701048e08000000000000000000', '6988'],
  ]

  it.each(refusals)('%s', async (_name, command, sw) => {
    expect(await raw(chipOf(), command)).toBe(sw)
  })

  it('EF.CardAccess is read after SELECT and by short identifier', async () => {
    const chip = chipOf()
    const content = encodeHex(card.files.CardAccess ?? new Uint8Array(0))
    expect(await raw(chip, '00b09c0000')).toBe(`${content}9000`)
    expect(await raw(chip, '00b0000040')).toBe(`${content}6282`)
    expect(await raw(chip, '00b0000404')).toBe(`${content.slice(8, 16)}9000`)
  })

  it('nothing of the application is readable, and EF.CardAccess no more', async () => {
    const chip = chipOf()
    expect(await raw(chip, selectApplication)).toBe('9000')
    for (const fid of ['011e', '011d', '0101', '0102', '0103', '010b', '010d', '010e', '010f', '011c'])
      expect(await raw(chip, `00a4020c02${fid}`)).toBe('6982')
    expect(await raw(chip, '00b0810000')).toBe('6982')
  })

  it('profiles differ where real chips do', async () => {
    const locked = virtualCard(card, { quirks: { 'vn-cardaccess-6982': true } })
    expect(await raw(locked, '00a4020c02011c')).toBe('6982')
    expect(await raw(chipOf('vn-short'), '00b09c00000000')).toBe('6700')
    const open = virtualCard(card, {
      quirks: { 'vn-mf-6d00': false },
      traits: { bac: false, extendedLengthSaid: ['atr-info'] },
    })
    expect(await raw(open, '00a4000c023f00')).toBe('9000')
    expect(await raw(open, selectApplication)).toBe('9000')
    expect(await raw(open, '0084000008')).toBe('6d00')
    expect(await raw(open, '00a4000c')).toBe('9000')
    expect(await raw(open, '00a4020c022f01')).toBe('9000')
    expect(await raw(open, '00b0000000')).toBe('7f660a020300ffff020300ffff9000')
  })

  it('the answer to reset says what lengths the chip has, with a right check byte', () => {
    expect(encodeHex(chipOf().answerToReset)).toBe('3b85800180739421c082')
    for (const profile of ['vn-2021', 'vn-short'] as const) {
      const [, ...rest] = chipOf(profile).answerToReset
      expect(rest.reduce((sum, byte) => sum ^ byte, 0)).toBe(0)
    }
    expect(chipOf('vn-short').limits.maxResponseLength).toBe(258)
  })
})

describe('PACE', () => {
  const template = '0022c1a40f800a04007f00070202040202830102'

  it('with a wrong token ends with 6300 and starts over', async () => {
    const chip = chipOf()
    const point = (await recordedPoints(chipOf())).map
    expect(await raw(chip, template)).toBe('9000')
    expect(await raw(chip, '10860000027c0000')).toMatch(/^7c128010.{32}9000$/)
    expect(await raw(chip, `1086000045${point}00`)).toMatch(/9000$/)
    expect(await raw(chip, `1086000045${point.replace('7c438141', '7c438341')}00`)).toMatch(/9000$/)
    expect(await raw(chip, '008600000c7c0a8508000000000000000000')).toBe('6300')
    expect(await raw(chip, '008600000c7c0a8508000000000000000000')).toBe('6985')
  })

  it('refuses a point that is not on the curve, and steps out of order', async () => {
    const chip = chipOf()
    await raw(chip, template)
    expect(await raw(chip, '00860000027c0000')).toBe('6985')
    await raw(chip, template)
    await raw(chip, '10860000027c0000')
    expect(await raw(chip, `10860000457c43814104${'11'.repeat(64)}00`)).toBe('6300')
    await raw(chip, template)
    await raw(chip, '10860000027c0000')
    expect(await raw(chip, '10860000027c0000')).toBe('6a80')
  })

  it('with another card access number does not open the chip', async () => {
    const other = virtualCard({ ...card, can: '000000' }, { random: seededRandom('chip') })
    await expect(session(other)).rejects.toMatchObject({ code: 'PACE_WRONG_PASSWORD' })
  })

  /** The terminal's first point of a session that works, as hexadecimal data of its command. */
  async function recordedPoints(chip: VirtualCard): Promise<{ map: string }> {
    const recorded = recording(chip)
    await session({ ...chip, transmit: (command) => recorded.transmit(command) })
    const command = recorded
      .trace()
      .exchanges.map((one) => encodeHex(one.command))
      .find((hex) => hex.startsWith('10860000457c438141'))
    return { map: command?.slice(10, -2) ?? '' }
  }
})

describe('secure messaging', () => {
  const readSod: CommandApdu = { cla: 0, ins: 0xb0, p1: 0x9d, p2: 0, le: 4 }

  it('reads, and tells refusals under the same protection', async () => {
    const secure = await session(chipOf())
    expect(encodeHex((await ask(secure, readSod)).data)).toMatch(/^77/)
    const select = (fid: string): Promise<ResponseApdu> =>
      ask(secure, { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: decodeHex(fid) })
    expect((await select('0103')).sw).toBe(0x6982)
    expect((await select('010b')).sw).toBe(0x6a82)
    expect((await select('010c')).sw).toBe(0x6a82)
    expect((await select('0101')).sw).toBe(0x9000)
    expect((await ask(secure, { cla: 0, ins: 0xb0, p1: 0, p2: 200, le: 4 })).sw).toBe(0x6b00)
    expect(await ask(secure, { cla: 0, ins: 0xb0, p1: 0, p2: 90, le: 8 })).toMatchObject({ sw: 0x6282 })
    expect((await ask(secure, { cla: 0, ins: 0x88, p1: 0, p2: 0, data: new Uint8Array(7), le: 256 })).sw).toBe(0x6700)
    expect((await ask(secure, { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 })).sw).toBe(0x6d00)
    expect((await ask(secure, readSod)).sw).toBe(0x9000)
  })

  it('with short length carries 223 bytes under AES and not one more', async () => {
    const secure = await session(chipOf('vn-short'))
    const read = (le: number): Promise<ResponseApdu> => ask(secure, { cla: 0, ins: 0xb0, p1: 0x82, p2: 0, le })
    expect((await read(223)).data.length).toBe(223)
    expect(await read(224)).toMatchObject({ sw: 0x6700, data: new Uint8Array(0) })
    expect((await read(256)).data.length).toBe(223)
  })

  it('with extended length carries a whole file', async () => {
    const secure = await session(chipOf())
    const { data } = await ask(secure, { cla: 0, ins: 0xb0, p1: 0x82, p2: 0, le: 65536 })
    expect(data).toEqual(card.files.DG2)
  })

  const broken: readonly (readonly [string, number, (command: Uint8Array) => Uint8Array])[] = [
    ['a wrong MAC', 0x6988, (command) => flipped(command, -2)],
    ['a changed header', 0x6988, (command) => flipped(command, 2)],
    ['a changed expected length', 0x6988, (command) => flipped(command, 7)],
    ['no MAC', 0x6987, (command) => concatBytes(command.slice(0, 4), Uint8Array.of(3), command.slice(5, 8), Uint8Array.of(0))],
    ['no data', 0x6987, (command) => concatBytes(command.slice(0, 4), Uint8Array.of(0))],
    ['data that is not BER-TLV', 0x6988, (command) => concatBytes(command.slice(0, 4), Uint8Array.of(2, 0x97, 0x7f, 0))],
  ]

  it.each(broken)('%s is answered in plain and ends the session', async (_name, sw, tamper) => {
    const chip = chipOf()
    let armed = false
    let last = new Uint8Array(0)
    const watched: VirtualCard = {
      ...chip,
      async transmit(command) {
        const response = await chip.transmit(command)
        last = response.slice()
        return response
      },
    }
    const secure = await session(watched, (command) => (armed ? tamper(command) : command))
    armed = true
    await expect(ask(secure, readSod)).rejects.toMatchObject({ code: expect.stringMatching(/^SM_/) })
    expect(encodeHex(last)).toBe(sw.toString(16))
    expect(await raw(chip, '0cb09d000d9701048e08000000000000000000')).toBe('6988')
    expect(await raw(chip, '00b0810000')).toBe('6982')
  })

  it('a plain command ends the session and its rights', async () => {
    const chip = chipOf()
    const secure = await session(chip)
    expect(await raw(chip, '00b09d0004')).toBe('6982')
    await expect(ask(secure, readSod)).rejects.toMatchObject({ code: expect.stringMatching(/^SM_/) })
  })

  it('ends with the power', async () => {
    const chip = chipOf()
    const secure = await session(chip)
    await chip.reset()
    await expect(ask(secure, readSod)).rejects.toMatchObject({ code: expect.stringMatching(/^SM_/) })
    expect(await raw(chip, '00a4020c02011c')).toBe('9000')
  })

  it('READ BINARY with odd instruction reaches past 32 kB', async () => {
    const big = new Uint8Array(40_000).map((_, index) => index % 251)
    big.set([0x75, 0x82, 0x9c, 0x3c])
    const chip = virtualCard({ ...card, files: { ...card.files, DG2: big } }, { random: seededRandom('big') })
    const secure = await session(chip)
    await ask(secure, { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: decodeHex('0102') })
    const odd = (p2: number, offset: string): Promise<ResponseApdu> =>
      ask(secure, { cla: 0, ins: 0xb1, p1: 0, p2, data: decodeHex(offset), le: 200 })
    const past = await odd(0, '54028fff')
    expect(past.sw).toBe(0x9000)
    expect(encodeHex(past.data.slice(0, 3))).toBe('5381c5')
    expect(past.data.slice(3)).toEqual(big.slice(0x8fff, 0x8fff + 197))
    expect((await odd(2, '540100')).data.slice(3, 7)).toEqual(big.slice(0, 4))
    expect((await odd(0, '5402ffff')).sw).toBe(0x6b00)
    expect((await odd(0, '5500')).sw).toBe(0x6a80)
    expect((await ask(secure, { cla: 0, ins: 0xb0, p1: 0x7f, p2: 0xff, le: 4 })).data).toEqual(big.slice(0x7fff, 0x8003))
  })

  it('an answer longer than Le waits for GET RESPONSE', async () => {
    const long = await demoCard(1, { aa: 'rsa-2048' })
    const chip = virtualCard(long, { profile: 'vn-short', random: seededRandom('long') })
    const recorded = recording(chip)
    const secure = await session({ ...chip, transmit: (command) => recorded.transmit(command) })
    const { data, sw } = await ask(secure, { cla: 0, ins: 0x88, p1: 0, p2: 0, data: decodeHex('0102030405060708'), le: 256 })
    expect(sw).toBe(0x9000)
    expect(data.length).toBe(256)
    const answers = recorded.trace().exchanges.map(({ response }) => response)
    expect(answers.some((response) => response.at(-2) === 0x61)).toBe(true)
    for (const response of answers) expect(response.length).toBeLessThanOrEqual(258)
  })
})

describe('options', () => {
  it('that are none are refused', () => {
    // @ts-expect-error -- a caller without types
    expect(() => virtualCard(card, { profile: 'none' })).toThrow(expect.objectContaining({ code: 'SIMULATOR_UNSUPPORTED' }))
    // @ts-expect-error -- a caller without types
    expect(() => virtualCard(card, { attack: 'none' })).toThrow(expect.objectContaining({ code: 'SIMULATOR_UNSUPPORTED' }))
  })

  it('a closed card answers nothing', async () => {
    const chip = chipOf()
    await chip.close()
    await expect(raw(chip, '00b09c0000')).rejects.toMatchObject({ code: 'TRANSPORT_CLOSED' })
  })
})

function flipped(command: Uint8Array, at: number): Uint8Array {
  const out = command.slice()
  const index = at < 0 ? out.length + at : at
  out[index] = (out[index] ?? 0) ^ 1
  return out
}
