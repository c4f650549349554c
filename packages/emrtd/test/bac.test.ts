import { concatBytes, decodeHex, encodeHex } from '@cccd/core'
import { padIso9797Method2 } from '@cccd/crypto'
import { accessFromMrz, deriveKey, keyPurpose, mrzInformation, readChip } from '@cccd/emrtd'
import { bac } from '@cccd/emrtd/bac'
import { describe, expect, it } from 'vitest'
import { cipherSuite } from '../src/channel/cipherSuite.js'
import { answering, backends, countingRandom, type ScriptedChannel } from './support.js'

const mrz = { documentNumber: '090000123', dateOfBirth: '900815', dateOfExpiry: '300815' }
const challenge = decodeHex('4608f91988702212')

interface Bend {
  readonly plain?: (plain: Uint8Array) => Uint8Array
  readonly wire?: (answer: Uint8Array) => Uint8Array
  readonly sw?: string
}

describe.each(backends)('BAC on the %s backend', (_name, crypto) => {
  async function chip({
    plain: bendPlain = (plain) => plain,
    wire = (answer) => answer,
    sw = '9000',
  }: Bend = {}): Promise<ScriptedChannel> {
    const suite = await cipherSuite(crypto, '3DES')
    const seed = crypto.hash('sha1', mrzInformation(mrz)).slice(0, 16)
    const encryption = deriveKey(crypto, suite, seed, keyPurpose.encryption)
    const mac = deriveKey(crypto, suite, seed, keyPurpose.mac)
    return answering((command, index) => {
      if (index === 0) return `${encodeHex(challenge)}9000`
      if (sw !== '9000') return sw
      const terminal = suite.decryptPlain(encryption, command.slice(5, 37))
      const right = concatBytes(challenge, terminal.subarray(0, 8), new Uint8Array(16).fill(9))
      const message = suite.encryptPlain(encryption, bendPlain(concatBytes(right, terminal.subarray(16))).slice(0, 32))
      return concatBytes(wire(concatBytes(message, suite.mac(mac, padIso9797Method2(message, 8)))), decodeHex(sw))
    })
  }

  const run = async (bend?: Bend) => bac(await chip(bend), { crypto, random: countingRandom(), mrz })

  it('agrees on keys', async () => {
    const keys = await run()
    expect(keys.cipher).toBe('3DES')
    expect(encodeHex(keys.sendSequenceCounter).slice(0, 8)).toBe('88702212')
  })

  it.each<[string, Bend, object]>([
    [
      'another chip nonce',
      { plain: (plain) => plain.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) },
      { params: { reason: 'chip-nonce' } },
    ],
    [
      'another terminal nonce',
      { plain: (plain) => plain.map((byte, at) => (at === 8 ? byte ^ 1 : byte)) },
      { params: { reason: 'terminal-nonce' } },
    ],
    [
      'our secret back',
      { plain: (plain) => concatBytes(plain.slice(0, 16), plain.slice(32)) },
      { params: { reason: 'reflected-key' } },
    ],
    [
      'a wrong MAC',
      { wire: (answer) => answer.map((byte, at) => (at === 39 ? byte ^ 1 : byte)) },
      { params: { reason: 'wrong-mac' } },
    ],
    ['39 bytes', { wire: (answer) => answer.slice(0, 39) }, { params: { length: 39 } }],
    ['41 bytes', { wire: (answer) => concatBytes(answer, Uint8Array.of(0)) }, { params: { length: 41 } }],
    ['nothing', { wire: () => new Uint8Array(0) }, { params: { length: 0 } }],
  ])('refuses %s', async (_what, bend, expected) => {
    await expect(run(bend)).rejects.toMatchObject({ code: 'BAC_BAD_ANSWER', ...expected })
  })

  it.each(['6300', '63c1', '6982', '6985', '6988'])('%s means a wrong key', async (sw) => {
    await expect(run({ sw })).rejects.toMatchObject({ code: 'BAC_WRONG_KEY', sw: Number.parseInt(sw, 16) })
  })

  it('anything else means that BAC failed', async () => {
    await expect(run({ sw: '6d00' })).rejects.toMatchObject({ code: 'BAC_FAILED', sw: 0x6d00 })
  })

  it.each(['460891988702212', '46f9198870221212', ''])('a challenge of other lengths (%s)', async (text) => {
    const data = text.length % 2 === 1 ? `${text}0` : text
    const channel = answering(() => `${data.slice(0, data.length === 16 ? 14 : undefined)}9000`)
    await expect(bac(channel, { crypto, random: countingRandom(), mrz })).rejects.toMatchObject({ code: 'BAC_BAD_ANSWER' })
  })

  it('no challenge', async () => {
    await expect(
      bac(
        answering(() => '6d00'),
        { crypto, random: countingRandom(), mrz },
      ),
    ).rejects.toMatchObject({ code: 'BAC_FAILED' })
  })
})

describe('BAC in readChip', () => {
  it('is recorded with the refusal of PACE before it', async () => {
    const [, [, crypto]] = backends as [(typeof backends)[number], (typeof backends)[number]]
    const channel = answering((command) =>
      command[1] === 0x84 ? '11223344556677889000' : command[1] === 0x82 ? '6300' : command[1] === 0xa4 ? '9000' : '6a82',
    )
    const access = accessFromMrz({ documentNumber: '090000123', dateOfBirth: '1990-08-15', dateOfExpiry: '2030-08-15' })
    const promise = readChip(channel, { access, allowBac: true, crypto, random: countingRandom() })
    // The first refusal is the one to tell: PACE was tried before BAC.
    await expect(promise).rejects.toMatchObject({ code: expect.stringMatching(/^PACE_/) })
    expect(channel.sent.some((command) => command.startsWith('0082'))).toBe(true)
  })
})
