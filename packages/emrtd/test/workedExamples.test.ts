import { concatBytes, decodeHex, encodeHex, encodeTlv } from '@cccd/core'
import { bac, type PaceInfo, pace, parseSecurityInfos, type SessionKeys, secureMessaging } from '@cccd/emrtd'
import { describe, expect, it } from 'vitest'
import { readOwnVector } from '../../../test-vectors/shared.js'
import { answering, backends, collector, fixedRandom, scripted } from './support.js'

type Exchanges = readonly (readonly [string, string])[]
type Values = Readonly<Record<string, string>>

interface BacExample {
  mrz: { documentNumber: string; dateOfBirth: string; dateOfExpiry: string }
  random: { terminalNonce: string; terminalSecret: string }
  exchanges: Exchanges
  intermediate: Values
  secureMessaging: { step: string; plain: [string, string]; wire: [string, string] }[]
}

interface PaceExample {
  cardAccess: string
  oid: string
  mrz: { documentNumber: string; dateOfBirth: string; dateOfExpiry: string }
  random: { map: string; agree: string }
  exchanges: Exchanges
  intermediate: Values
}

interface TrExample {
  cardAccess: string
  oid: string
  secret: string
  random: { map: string; agree: string }
  chip: { encryptedNonce: string; mappingPoint: string; ephemeralPoint: string; token: string }
  intermediate: Values
  firstExchange: { plainData: string; cryptogram: string; answerObjects: string; answerMac: string }
}

function paceInfoOf(cardAccess: string, oid: string): PaceInfo {
  const info = parseSecurityInfos(decodeHex(cardAccess)).find((entry) => entry.type === 'pace' && entry.oid === oid)
  if (info?.type !== 'pace') throw new Error('the example offers PACE')
  return info
}

describe.each(backends)('worked examples on the %s backend', (_name, crypto) => {
  it('BAC and secure messaging of Doc 9303-11 appendix D', async () => {
    const example = readOwnVector<BacExample>('doc9303-11-d.json')
    const { values, intermediate } = collector()
    const random = fixedRandom(example.random.terminalNonce, example.random.terminalSecret)
    const channel = scripted(example.exchanges)
    const keys = await bac(channel, { crypto, random, mrz: example.mrz, intermediate })
    for (const [name, value] of Object.entries(example.intermediate)) expect([name, values[name]]).toEqual([name, value])

    const wire = scripted(example.secureMessaging.map(({ wire }) => wire))
    const secure = await secureMessaging(wire, keys, crypto)
    for (const { plain } of example.secureMessaging) expect(encodeHex(await secure.transmit(decodeHex(plain[0])))).toBe(plain[1])
    expect(wire.sent).toHaveLength(3)
  })

  it('PACE of Doc 9303-11 appendix G.1', async () => {
    const example = readOwnVector<PaceExample>('doc9303-11-g1.json')
    const { values, intermediate } = collector()
    const channel = scripted(example.exchanges)
    const keys = await pace(channel, {
      crypto,
      random: fixedRandom(example.random.map, example.random.agree),
      info: paceInfoOf(example.cardAccess, example.oid),
      password: { password: 'MRZ', ...example.mrz },
      intermediate,
    })
    for (const [name, value] of Object.entries(example.intermediate)) expect([name, values[name]]).toEqual([name, value])
    expect(channel.sent).toHaveLength(5)
    expect(encodeHex(keys.sendSequenceCounter)).toBe('00'.repeat(16))
  })

  it('PACE and the first protected exchange of the TR-03110 example', async () => {
    const example = readOwnVector<TrExample>('tr03110-pace-ecdh.json')
    const { encryptedNonce, mappingPoint, ephemeralPoint, token } = example.chip
    const answers = [
      [0x80, encryptedNonce],
      [0x82, mappingPoint],
      [0x84, ephemeralPoint],
      [0x86, token],
    ] as const
    const channel = answering((_command, index) => {
      const answer = answers[index - 1]
      if (answer === undefined) return '9000'
      return concatBytes(encodeTlv(0x7c, encodeTlv(answer[0], decodeHex(answer[1]))), Uint8Array.of(0x90, 0))
    })
    const { values, intermediate } = collector()
    const keys = await pace(channel, {
      crypto,
      random: fixedRandom(example.random.map, example.random.agree),
      info: paceInfoOf(example.cardAccess, example.oid),
      // A PIN is hashed as it is written, exactly as a CAN; only its reference in MSE:Set AT is another.
      password: { password: 'CAN', value: example.secret },
      intermediate,
    })
    for (const [name, value] of Object.entries(example.intermediate)) expect([name, values[name]]).toEqual([name, value])
    await firstExchange(keys, example)
  })

  async function firstExchange(keys: SessionKeys, { firstExchange }: TrExample): Promise<void> {
    const { plainData, cryptogram, answerObjects, answerMac } = firstExchange
    const chip = answering(() => `${answerObjects}8e08${answerMac}9000`)
    const secure = await secureMessaging(chip, keys, crypto)
    const mse = decodeHex(`002281b6${(plainData.length / 2).toString(16).padStart(2, '0')}${plainData}`)
    expect(encodeHex(await secure.transmit(mse))).toBe('9000')
    expect(chip.sent[0]).toContain(cryptogram)
  }
})
