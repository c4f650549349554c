import { inspect } from 'node:util'
import { concatBytes, decodeHex, encodeHex, encodeTlv, isCccdError, parseTlvSequence } from '@cccd/core'
import { type CryptoPort, padIso9797Method2 } from '@cccd/crypto'
import { cipherParameters, type SessionCipher, type SessionKeys, secureMessaging } from '@cccd/emrtd'
import { decodeCommand } from '@cccd/iso7816'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cipherSuite } from '../src/channel/cipherSuite.js'
import { answering, backends, countingRandom, scripted } from './support.js'

const ciphers = Object.keys(cipherParameters) as SessionCipher[]
const read = decodeHex('00b0000020')

function freshKeys(cipher: SessionCipher): SessionKeys {
  const { keyLength, blockLength } = cipherParameters[cipher]
  const random = countingRandom(11)
  return { cipher, encryption: random(keyLength), mac: random(keyLength), sendSequenceCounter: new Uint8Array(blockLength) }
}

interface Objects {
  readonly plain?: Uint8Array
  readonly cryptogram?: Uint8Array
  readonly indicator?: number
  readonly tag?: number
  readonly status?: number | null
  readonly outer?: number
  readonly counter?: number
  readonly mac?: (mac: Uint8Array) => Uint8Array
  readonly extra?: Uint8Array
}

/** A protected answer, right unless told otherwise. */
async function answer(crypto: CryptoPort, cipher: SessionCipher, objects: Objects = {}): Promise<Uint8Array> {
  const suite = await cipherSuite(crypto, cipher)
  const keys = freshKeys(cipher)
  const counter = new Uint8Array(suite.blockLength)
  counter[counter.length - 1] = objects.counter ?? 2
  const {
    plain = decodeHex('60145f01'),
    tag = 0x87,
    status = 0x9000,
    outer = status ?? 0x9000,
    extra = new Uint8Array(0),
  } = objects
  const cryptogram = objects.cryptogram ?? suite.encrypt(keys.encryption, counter, padIso9797Method2(plain, suite.blockLength))
  const data = tag === 0x85 ? encodeTlv(tag, cryptogram) : encodeTlv(tag, Uint8Array.of(objects.indicator ?? 1), cryptogram)
  const statusObject = status === null ? new Uint8Array(0) : encodeTlv(0x99, Uint8Array.of(status >> 8, status & 0xff))
  const body = concatBytes(data, statusObject, extra)
  const mac = suite.mac(keys.mac, padIso9797Method2(concatBytes(counter, body), suite.blockLength))
  return concatBytes(body, encodeTlv(0x8e, objects.mac?.(mac) ?? mac), Uint8Array.of(outer >> 8, outer & 0xff))
}

async function ask(crypto: CryptoPort, cipher: SessionCipher, response: Uint8Array | string): Promise<string> {
  const channel = answering(() => response)
  const secure = await secureMessaging(channel, freshKeys(cipher), crypto)
  try {
    return encodeHex(await secure.transmit(read))
  } catch (error) {
    if (!isCccdError(error)) throw error
    expect(secure.alive).toBe(false)
    const sent = channel.sent.length
    await expect(secure.transmit(read)).rejects.toMatchObject({ code: 'SM_CHANNEL_LOST' })
    expect(channel.sent).toHaveLength(sent)
    return error.code
  }
}

describe.each(backends)('secure messaging on the %s backend', (_name, crypto) => {
  describe.each(ciphers)('%s', (cipher) => {
    it('takes a right answer, under DO 87 and DO 85', async () => {
      expect(await ask(crypto, cipher, await answer(crypto, cipher))).toBe('60145f019000')
      expect(await ask(crypto, cipher, await answer(crypto, cipher, { tag: 0x85 }))).toBe('60145f019000')
      expect(await ask(crypto, cipher, await answer(crypto, cipher, { status: 0x6282 }))).toBe('60145f016282')
    })

    it.each<[string, Objects, string]>([
      ['a wrong MAC', { mac: (mac) => mac.map((byte, at) => (at === 7 ? byte ^ 1 : byte)) }, 'SM_MAC_WRONG'],
      ['a MAC cut short', { mac: (mac) => mac.slice(0, 4) }, 'SM_MAC_WRONG'],
      ['an empty MAC', { mac: () => new Uint8Array(0) }, 'SM_MAC_WRONG'],
      ['an answer of before (counter repeated)', { counter: 1 }, 'SM_MAC_WRONG'],
      ['an answer too early (counter ahead)', { counter: 4 }, 'SM_MAC_WRONG'],
      ['another status word outside', { outer: 0x6282 }, 'SM_BAD_ANSWER'],
      ['no DO 99', { status: null }, 'SM_BAD_ANSWER'],
      ['another padding indicator', { indicator: 2 }, 'SM_BAD_ANSWER'],
      ['another data object', { tag: 0x86 }, 'SM_BAD_ANSWER'],
      ['a cryptogram of no whole blocks', { cryptogram: new Uint8Array(9) }, 'SM_BAD_ANSWER'],
      ['an empty cryptogram', { cryptogram: new Uint8Array(0) }, 'SM_BAD_ANSWER'],
      ['an object too many', { extra: decodeHex('8500') }, 'SM_BAD_ANSWER'],
    ])('refuses %s', async (_what, objects, code) => {
      expect(await ask(crypto, cipher, await answer(crypto, cipher, objects))).toBe(code)
    })

    it('refuses wrong padding under a right MAC', async () => {
      const suite = await cipherSuite(crypto, cipher)
      const counter = new Uint8Array(suite.blockLength)
      counter[counter.length - 1] = 2
      const cryptogram = suite.encrypt(freshKeys(cipher).encryption, counter, new Uint8Array(suite.blockLength))
      expect(await ask(crypto, cipher, await answer(crypto, cipher, { cryptogram }))).toBe('SM_BAD_ANSWER')
    })
  })

  it('an answer without MAC ends the channel, whatever it says', async () => {
    expect(await ask(crypto, 'AES-128', '9000')).toBe('SM_CHANNEL_LOST')
    expect(await ask(crypto, 'AES-128', '6988')).toBe('SM_CHANNEL_LOST')
    expect(await ask(crypto, 'AES-128', '990290009000')).toBe('SM_CHANNEL_LOST')
    expect(await ask(crypto, 'AES-128', '60145f019000')).toMatch(/^SM_/)
  })

  it('says the status word of a plain refusal', async () => {
    const secure = await secureMessaging(
      answering(() => '6982'),
      freshKeys('AES-128'),
      crypto,
    )
    await expect(secure.transmit(read)).rejects.toMatchObject({ code: 'SM_CHANNEL_LOST', sw: 0x6982 })
  })

  it('joins what 61xx announces before it checks the MAC', async () => {
    const whole = await answer(crypto, 'AES-128', { plain: new Uint8Array(200).fill(5) })
    const data = encodeHex(whole.subarray(0, -2))
    const channel = scriptedParts([`${data.slice(0, 100)}6110`, `${data.slice(100, 120)}6100`, `${data.slice(120)}9000`])
    const secure = await secureMessaging(channel, freshKeys('AES-128'), crypto)
    expect(encodeHex(await secure.transmit(read))).toBe(`${'05'.repeat(200)}9000`)
    expect(channel.sent.slice(1)).toEqual(['00c0000010', '00c0000000'])
  })

  it('does not follow 61xx for ever', async () => {
    const channel = answering(() => 'ff6110')
    const secure = await secureMessaging(channel, freshKeys('AES-128'), crypto)
    await expect(secure.transmit(read)).rejects.toMatchObject({ code: 'SM_BAD_ANSWER' })
    expect(channel.sent.length).toBeLessThan(400)
  })

  it('takes any bytes without breaking out of its errors', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ciphers), fc.uint8Array({ minLength: 2, maxLength: 300 }), async (cipher, bytes) => {
        expect(await ask(crypto, cipher, bytes)).toMatch(/^SM_/)
      }),
      { numRuns: 150, seed: 5 },
    )
  })

  it('takes no answer with a flipped bit', async () => {
    const right = await answer(crypto, 'AES-256')
    for (let bit = 0; bit < (right.length - 2) * 8; bit++) {
      const bent = right.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(await ask(crypto, 'AES-256', bent)).toMatch(/^SM_/)
    }
  })

  it('serialises its callers', async () => {
    const channel = answering(() => '9000')
    const secure = await secureMessaging(channel, freshKeys('AES-128'), crypto)
    const both = await Promise.allSettled([secure.transmit(read), secure.transmit(read)])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(channel.sent).toHaveLength(1)
  })
})

describe('commands', () => {
  const [, [, crypto]] = backends as [(typeof backends)[number], (typeof backends)[number]]

  async function protectedForm(plain: string): Promise<{ command: ReturnType<typeof decodeCommand>; tags: number[] }> {
    const channel = answering(() => '6988', { maxCommandLength: 65_544, maxResponseLength: 65_538 })
    const secure = await secureMessaging(channel, freshKeys('AES-128'), crypto)
    await expect(secure.transmit(decodeHex(plain))).rejects.toThrow()
    const command = decodeCommand(decodeHex(channel.sent[0] ?? ''))
    return { command, tags: parseTlvSequence(command.data ?? new Uint8Array(0)).map((node) => node.tag) }
  }

  it('short: CLA 0C, DO 87, DO 97 and DO 8E, Le 00', async () => {
    const { command, tags } = await protectedForm(`0088000008${'11'.repeat(8)}00`)
    expect(command).toMatchObject({ cla: 0x0c, ins: 0x88, le: 256, extended: false })
    expect(tags).toEqual([0x87, 0x97, 0x8e])
  })

  it('keeps the chaining bit', async () => {
    expect((await protectedForm('10860000027c0000')).command.cla).toBe(0x1c)
  })

  it('odd INS: DO 85', async () => {
    expect((await protectedForm('00b100000454021234df')).tags).toEqual([0x85, 0x97, 0x8e])
  })

  it('extended when the plain Le is, or the protected data does not fit', async () => {
    const byLe = await protectedForm('00b00000000800')
    expect(byLe.command).toMatchObject({ extended: true, le: 65_536 })
    expect(encodeHex(byLe.command.data ?? new Uint8Array(0)).slice(0, 8)).toBe('97020800')
    const byData = await protectedForm(`00860000f0${'22'.repeat(240)}00`)
    expect(byData.command).toMatchObject({ extended: true, le: 65_536 })
  })

  it('refuses an Le that the channel cannot carry, and lives on', async () => {
    const secure = await secureMessaging(
      answering(() => '6988'),
      freshKeys('AES-128'),
      crypto,
    )
    await expect(secure.transmit(decodeHex('00b00000000800'))).rejects.toMatchObject({ code: 'TRANSPORT_LENGTH' })
    expect(secure.alive).toBe(true)
  })

  it('without data and Le: DO 8E alone', async () => {
    expect((await protectedForm('00220000')).tags).toEqual([0x8e])
  })
})

describe('keys', () => {
  const [[, crypto]] = backends as [(typeof backends)[number]]

  it('are overwritten when the channel ends, is closed or breaks', async () => {
    for (const stop of ['end', 'close', 'break'] as const) {
      const keys = freshKeys('AES-256')
      const secure = await secureMessaging(
        answering(() => '6988'),
        keys,
        crypto,
      )
      if (stop === 'end') secure.end()
      else if (stop === 'close') await secure.close()
      else await secure.transmit(read).catch(() => undefined)
      for (const bytes of [keys.encryption, keys.mac, keys.sendSequenceCounter])
        expect(bytes.every((byte) => byte === 0)).toBe(true)
    }
  })

  it('stand in no print of the channel and in no error', async () => {
    const keys = freshKeys('AES-128')
    const secret = encodeHex(keys.encryption)
    const secure = await secureMessaging(
      answering(() => '6988'),
      keys,
      crypto,
    )
    const error: unknown = await secure.transmit(read).catch((caught: unknown) => caught)
    expect(inspect([secure, error], { depth: 9, showHidden: true })).not.toContain(secret.slice(0, 12))
  })

  it('must have the lengths of their cipher', async () => {
    await expect(secureMessaging(scripted([]), { ...freshKeys('AES-128'), cipher: 'AES-256' }, crypto)).rejects.toThrow(TypeError)
  })
})

function scriptedParts(responses: readonly string[]) {
  return answering((_command, index) => responses[index] ?? '6f00')
}
