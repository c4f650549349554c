import { concatBytes, decodeHex, encodeHex, encodeOid, encodeTlv } from '@cccd/core'
import { type PaceInfo, pace, parseSecurityInfos, type SessionKeys, secureMessaging } from '@cccd/emrtd'
import { bac } from '@cccd/emrtd/bac'
import { describe, expect, it } from 'vitest'
import { readOwnVector } from '../../../test-vectors/shared.js'
import { parseAgreementKey } from '../src/authentication/parseAgreementKey.js'
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

interface IntegratedExample {
  oid: string
  parameterId: number
  random: { nonce: string; agree: string }
  chip: { encryptedNonce: string }
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

/** A chip that agrees to MSE:Set AT and gives one data object an answer. */
function scriptedAnswers(answers: readonly (readonly [tag: number, value: string | undefined])[]) {
  return answering((_command, index) => {
    const answer = answers[index - 1]
    if (answer === undefined) return '9000'
    return concatBytes(encodeTlv(0x7c, encodeTlv(answer[0], decodeHex(answer[1] ?? ''))), Uint8Array.of(0x90, 0))
  })
}

function infoOf({ oid, parameterId }: { readonly oid: string; readonly parameterId: number }): PaceInfo {
  const info = encodeTlv(
    0x30,
    encodeTlv(0x06, encodeOid(oid)),
    encodeTlv(0x02, Uint8Array.of(2)),
    encodeTlv(0x02, Uint8Array.of(parameterId)),
  )
  return paceInfoOf(encodeHex(encodeTlv(0x31, info)), oid)
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

  it.each([
    ['G.1', 'doc9303-11-g1.json'],
    ['G.2', 'doc9303-11-g2.json'],
  ])('PACE of Doc 9303-11 appendix %s', async (_appendix, file) => {
    const example = readOwnVector<PaceExample>(file)
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

  // Neither appendix says what the password is; its printed key is that of the PIN of the TR-03110 examples.
  const unnamedPassword = { password: 'CAN', value: '123456' } as const

  it('PACE of Doc 9303-11 appendix H.1', async () => {
    const example = readOwnVector<IntegratedExample>('doc9303-11-h1.json')
    const { values, intermediate } = collector()
    const [[select, done] = ['', ''], ...others] = example.exchanges
    const asMrz = select.replace(/830101$/, '830102')
    const channel = scripted([[asMrz, done], ...others])
    await pace(channel, {
      crypto,
      random: fixedRandom(example.random.nonce, example.random.agree),
      info: infoOf(example),
      password: unnamedPassword,
      intermediate,
    })
    for (const [name, value] of Object.entries(example.intermediate)) expect([name, values[name]]).toEqual([name, value])
    expect(channel.sent).toHaveLength(5)
  })

  it('PACE of Doc 9303-11 appendix H.2', async () => {
    const example = readOwnVector<IntegratedExample>('doc9303-11-h2.json')
    const { values, intermediate } = collector()
    const answers = [
      [0x80, example.chip.encryptedNonce],
      [0x82, ''],
      [0x84, example.intermediate['agree.chip_public']],
      [0x86, example.intermediate['token.TIC']],
    ] as const
    await pace(scriptedAnswers(answers), {
      crypto,
      random: fixedRandom(example.random.nonce, example.random.agree),
      info: infoOf(example),
      password: unnamedPassword,
      intermediate,
    })
    for (const [name, value] of Object.entries(example.intermediate)) expect([name, values[name]]).toEqual([name, value])
  })

  it('PACE of Doc 9303-11 appendix I.1, and the proof of the chip key', async () => {
    const example = readOwnVector<PaceExample>('doc9303-11-i1.json')
    const { values, intermediate } = collector()
    const channel = scripted(example.exchanges)
    const { chipAuthentication } = await pace(channel, {
      crypto,
      random: fixedRandom(example.random.map, example.random.agree),
      info: paceInfoOf(example.cardAccess, example.oid),
      password: { password: 'MRZ', ...example.mrz },
      intermediate,
    })
    const chipOnly = ['map.chip_private', 'cam.ChipAuthenticationPublicKeyInfo', 'cam.iv', 'cam.AIC']
    for (const [name, value] of Object.entries(example.intermediate))
      if (!chipOnly.includes(name) && !name.startsWith('cam.chip_static')) expect([name, values[name]]).toEqual([name, value])
    expect(values['cam.CAIC']).toBe(example.intermediate['cam.CAIC'])
    expect(channel.sent).toHaveLength(5)
    const listed = decodeHex(example.intermediate['cam.ChipAuthenticationPublicKeyInfo'] ?? '')
    const [info] = parseSecurityInfos(encodeTlv(0x31, listed))
    if (info?.type !== 'chip-authentication-public-key') throw new Error('the example lists a key')
    const key = parseAgreementKey(info.publicKeyInfo, crypto)
    expect([key?.group.name, info.keyId]).toEqual(['brainpoolP256r1', 13])
    expect(encodeHex(key?.element ?? new Uint8Array(0))).toBe(example.intermediate['cam.chip_static_public'])
    // KA(CA_IC, PK_IC, D_IC) = PK_Map,IC (4.4.3.5.2).
    const proven = await key?.group.multiply(chipAuthentication?.proof as Uint8Array, key.element)
    expect(encodeHex(proven as Uint8Array)).toBe(example.intermediate['map.chip_public'])
  })

  it('PACE of the TR-03110 example over Diffie-Hellman', async () => {
    const example = readOwnVector<TrExample>('tr03110-pace-dh.json')
    const { values, intermediate } = collector()
    const { encryptedNonce, mappingPoint, ephemeralPoint, token } = example.chip
    const channel = scriptedAnswers([
      [0x80, encryptedNonce],
      [0x82, mappingPoint],
      [0x84, ephemeralPoint],
      [0x86, token],
    ])
    await pace(channel, {
      crypto,
      random: fixedRandom(example.random.map, example.random.agree),
      info: paceInfoOf(example.cardAccess, example.oid),
      password: { password: 'PIN', value: example.secret },
      intermediate,
    })
    for (const [name, value] of Object.entries(example.intermediate)) expect([name, values[name]]).toEqual([name, value])
  })

  it('PACE and the first protected exchange of the TR-03110 example', async () => {
    const example = readOwnVector<TrExample>('tr03110-pace-ecdh.json')
    const { encryptedNonce, mappingPoint, ephemeralPoint, token } = example.chip
    const channel = scriptedAnswers([
      [0x80, encryptedNonce],
      [0x82, mappingPoint],
      [0x84, ephemeralPoint],
      [0x86, token],
    ])
    const { values, intermediate } = collector()
    const keys = await pace(channel, {
      crypto,
      random: fixedRandom(example.random.map, example.random.agree),
      info: paceInfoOf(example.cardAccess, example.oid),
      password: { password: 'PIN', value: example.secret },
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
