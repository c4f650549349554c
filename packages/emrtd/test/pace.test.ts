import { concatBytes, decodeHex, isCccdError } from '@cccd/core'
import type { CurveName } from '@cccd/crypto'
import {
  type PaceInfo,
  pace,
  paceParameters,
  parseSecurityInfos,
  rankPaceInfos,
  type SessionCipher,
  secureMessaging,
} from '@cccd/emrtd'
import { describe, expect, it } from 'vitest'
import { readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'
import { answering, backends, countingRandom } from './support.js'
import { cardAccessOf, TestChip, type TestChipOptions } from './TestChip.js'

const ciphers: readonly SessionCipher[] = ['3DES', 'AES-128', 'AES-192', 'AES-256']
const gm = (cipher: SessionCipher): string => `0.4.0.127.0.7.2.2.4.2.${ciphers.indexOf(cipher) + 1}`

function infoOf(oid: string, parameterId: number): PaceInfo {
  const [info] = parseSecurityInfos(cardAccessOf(oid, parameterId))
  if (info?.type !== 'pace') throw new Error('not an offer of PACE')
  return info
}

async function open(
  crypto: (typeof backends)[number][1],
  {
    cipher = 'AES-128',
    parameterId = 13,
    can = '500540',
    chip = {},
  }: { cipher?: SessionCipher; parameterId?: number; can?: string; chip?: Partial<TestChipOptions> } = {},
): Promise<string> {
  const curve = paceParameters.get(parameterId)?.group as CurveName
  const card = new TestChip({ crypto, files: {}, cipher, curve, oid: gm(cipher), ...chip })
  const password = { password: 'CAN', value: can } as const
  try {
    const keys = await pace(card, { crypto, random: countingRandom(), info: infoOf(gm(cipher), parameterId), password })
    const secure = await secureMessaging(card, keys, crypto)
    const answer = await secure.transmit(decodeHex('00a4040c07a0000002471001'))
    return answer.join() === '144,0' ? 'open' : 'refused'
  } catch (error) {
    if (!isCccdError(error)) throw error
    return [error.code, error.step, error.params.reason ?? error.params.retries ?? error.sw]
      .filter((part) => part !== undefined)
      .join(' ')
  }
}

describe.each(backends)('PACE on the %s backend', (_name, crypto) => {
  it.each(ciphers)('with %s', async (cipher) => {
    expect(await open(crypto, { cipher })).toBe('open')
  })

  it.each([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])('with parameters %i', async (parameterId) => {
    expect(await open(crypto, { parameterId, cipher: 'AES-256' })).toBe('open')
  })
})

describe('a wrong password', () => {
  const [[, crypto]] = backends as [(typeof backends)[number]]
  const refuseToken = (sw: number): Partial<TestChipOptions> => ({
    quirk: ({ cla, ins }) => (ins === 0x86 && cla === 0 ? { data: new Uint8Array(0), sw } : undefined),
  })

  it('is said by the chip, with the tries left where it counts', async () => {
    expect(await open(crypto, { can: '000000' })).toBe('PACE_WRONG_PASSWORD pace.exchange-tokens 2')
  })

  it.each([
    [0x6300, 'PACE_WRONG_PASSWORD pace.exchange-tokens 25344'],
    [0x63c0, 'PACE_BLOCKED pace.exchange-tokens 0'],
    [0x6983, 'PACE_BLOCKED pace.exchange-tokens 0'],
    [0x6982, 'PACE_WRONG_PASSWORD pace.exchange-tokens 27010'],
    [0x6f00, 'PACE_FAILED pace.exchange-tokens 28416'],
  ])('%i', async (sw, expected) => {
    expect(await open(crypto, { chip: refuseToken(sw) })).toBe(expected)
  })
})

describe('a chip that cheats or breaks off', () => {
  const [[, crypto]] = backends as [(typeof backends)[number]]
  type PaceObject = NonNullable<TestChipOptions['paceObject']>
  const changed = (
    tag: number,
    change: (value: Uint8Array, received: Uint8Array | undefined) => Uint8Array,
  ): { chip: { paceObject: PaceObject } } => ({
    chip: { paceObject: (own, value, received) => [own, own === tag ? change(value, received) : value] },
  })
  const offCurve = (value: Uint8Array): Uint8Array => value.map((byte, at) => (at === 64 ? byte ^ 1 : byte))
  const bad = 'PACE_BAD_ANSWER'

  it.each<[string, Parameters<typeof open>[1], string]>([
    [
      'the mapping key reflected',
      changed(0x82, (_own, received) => received as Uint8Array),
      `${bad} pace.map-nonce reflected-key`,
    ],
    ['a mapping key off the curve', changed(0x82, offCurve), `${bad} pace.map-nonce bad-point`],
    ['a mapping key cut short', changed(0x82, (value) => value.slice(0, 64)), `${bad} pace.map-nonce bad-point`],
    [
      'a compressed mapping key',
      changed(0x82, (value) => concatBytes(Uint8Array.of(2), value.slice(1, 33))),
      `${bad} pace.map-nonce bad-point`,
    ],
    ['the point at infinity', changed(0x82, () => Uint8Array.of(0)), `${bad} pace.map-nonce bad-point`],
    ['x = y = 0', changed(0x82, () => concatBytes(Uint8Array.of(4), new Uint8Array(64))), `${bad} pace.map-nonce bad-point`],
    [
      'the ephemeral key reflected',
      changed(0x84, (_own, received) => received as Uint8Array),
      `${bad} pace.agree-key reflected-key`,
    ],
    ['an ephemeral key off the curve', changed(0x84, offCurve), `${bad} pace.agree-key bad-point`],
    ['a wrong token', changed(0x86, (value) => value.map((byte) => byte ^ 1)), `${bad} pace.exchange-tokens wrong-token`],
    ['a token cut short', changed(0x86, (value) => value.slice(0, 7)), `${bad} pace.exchange-tokens wrong-token`],
    [
      'a token too long',
      changed(0x86, (value) => concatBytes(value, Uint8Array.of(0))),
      `${bad} pace.exchange-tokens wrong-token`,
    ],
    ['our token back', changed(0x86, (_own, received) => received as Uint8Array), `${bad} pace.exchange-tokens wrong-token`],
    ['a nonce of 8 bytes', changed(0x80, () => new Uint8Array(8)), `${bad} pace.get-nonce`],
    ['a nonce of 17 bytes', changed(0x80, () => new Uint8Array(17)), `${bad} pace.get-nonce`],
  ])('%s', async (_what, options, expected) => {
    expect(await open(crypto, options)).toBe(expected)
  })

  it.each([
    [0x80, 0x90, 'pace.get-nonce'],
    [0x82, 0x92, 'pace.map-nonce'],
    [0x84, 0x94, 'pace.agree-key'],
    [0x86, 0x96, 'pace.exchange-tokens'],
  ])('object %i under another tag', async (tag, other, step) => {
    const paceObject: PaceObject = (own, value) => [own === tag ? other : own, value]
    expect(await open(crypto, { chip: { paceObject } })).toBe(`${bad} ${step}`)
  })

  it.each(['7c', '7c8400000000', '', '7c04800000', '7c0480008000', '80101111'])('the answer %s', async (hex) => {
    const channel = answering((_command, index) => (index === 0 ? '9000' : `${hex}9000`))
    const promise = pace(channel, {
      crypto,
      random: countingRandom(),
      info: infoOf(gm('AES-128'), 13),
      password: { password: 'CAN', value: '500540' },
    })
    await expect(promise).rejects.toMatchObject({ code: bad })
  })

  it.each([0, 1, 2, 3])('refusal of command %i', async (at) => {
    let index = 0
    const chip: Partial<TestChipOptions> = { quirk: () => (index++ === at ? { data: new Uint8Array(0), sw: 0x6a80 } : undefined) }
    const steps = ['pace.select-protocol', 'pace.get-nonce', 'pace.map-nonce', 'pace.agree-key']
    expect(await open(crypto, { chip })).toBe(`PACE_FAILED ${steps[at]} 27264`)
  })

  it('a token for another protocol', async () => {
    expect(await open(crypto, { chip: { oid: gm('AES-192') } })).toMatch(/PACE_WRONG_PASSWORD/)
  })
})

describe('what is offered', () => {
  const [[, crypto]] = backends as [(typeof backends)[number]]
  const oid = (arc: number, cipher: number): string => `0.4.0.127.0.7.2.2.4.${arc}.${cipher}`
  const rank = (...offers: readonly [string, number][]): string[] =>
    rankPaceInfos(
      offers.map(([id, parameterId]) => infoOf(id, parameterId)),
      crypto,
    ).map(({ info }) => `${info.oid.slice(-3)} ${info.parameterId}`)

  it('is tried best first', () => {
    expect(rank([oid(2, 1), 13], [oid(2, 2), 13], [oid(2, 4), 9], [oid(2, 2), 16], [oid(2, 4), 12])).toEqual([
      '2.4 12',
      '2.2 16',
      '2.2 13',
      '2.1 13',
      '2.4 9',
    ])
  })

  it('with chip authentication goes first, one modulo a prime last among its equals', () => {
    expect(rank([oid(1, 2), 1], [oid(4, 2), 13], [oid(2, 2), 13], [oid(6, 2), 13], [oid(2, 4), 13], [oid(1, 2), 0])).toEqual([
      '6.2 13',
      '2.4 13',
      '4.2 13',
      '2.2 13',
      '1.2 1',
      '1.2 0',
    ])
  })

  it('leaves out what the standard excludes and what is not known', () => {
    expect(rank([oid(4, 2), 10], [oid(2, 2), 7], [oid(2, 2), 31], [oid(2, 2), 0], [oid(1, 2), 13], [oid(3, 1), 12])).toEqual([])
  })

  it.each([
    [4, 10, 'im-needs-p-3-mod-4'],
    [2, 5, 'unknown-parameters'],
    [2, 1, 'unknown-parameters'],
    [1, 12, 'unknown-parameters'],
  ])('arc %i with parameters %i is PACE_UNSUPPORTED', async (arc, parameterId, reason) => {
    const promise = pace(
      answering(() => '9000'),
      {
        crypto,
        random: countingRandom(),
        info: infoOf(oid(arc, 2), parameterId),
        password: { password: 'CAN', value: '500540' },
      },
    )
    await expect(promise).rejects.toMatchObject({ code: 'PACE_UNSUPPORTED', params: { reason } })
  })

  it('flags the parameters that are deprecated', () => {
    expect([...paceParameters.values()].filter(({ deprecated }) => deprecated === true).map(({ id }) => id)).toEqual([0, 8, 9])
  })

  it('names the parameters where several are offered', async () => {
    const card = new TestChip({ crypto, files: {} })
    const info = infoOf(gm('AES-128'), 13)
    await pace(card, {
      crypto,
      random: countingRandom(),
      info,
      password: { password: 'CAN', value: '500540' },
      nameParameters: true,
    })
    expect(Buffer.from(card.log[0]?.command.data ?? []).toString('hex')).toMatch(/83010284010d$/)
  })

  it.skipIf(sharedVectors === undefined)('by the chips of the samples', () => {
    const { files } = readVectorJson<{ files: Record<string, string> }>('tr03110', 'cardaccess_cardsecurity_samples.json')
    const offers = Object.entries(files).flatMap(([name, hex]) => {
      if (!/cardaccess/i.test(name)) return []
      const infos = parseSecurityInfos(decodeHex(hex), { allowTrailing: true }).filter((info) => info.type === 'pace')
      return [
        `${name}: ${rankPaceInfos(infos, crypto)
          .map(({ info }) => `${info.cipher} ${info.parameterId}`)
          .join(', ')}`,
      ]
    })
    expect(offers).toMatchInlineSnapshot(`
      [
        "ef_cardaccess_old_testcard: ",
        "ef_cardaccess_new_testcard: AES-128 13",
        "ef_cardaccess_dan: AES-128 13",
        "ef_cardaccess_slowenia: ",
        "ef_cardaccess_ca3: AES-128 13, AES-128 13",
        "governikus_efCardAccess: AES-128 13",
      ]
    `)
  })
})
