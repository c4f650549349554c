import { decodeHex, encodeHex } from '@cccd/core'
import type { RandomSource } from '@cccd/crypto'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { type CardImage, type PaceOffer, virtualCard } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { readOwnVector } from '../../../test-vectors/shared.js'
import { createCipherSuite } from '../src/chip/CipherSuite.js'
import { chipAuthenticationData } from '../src/chip/pace/chipAuthenticationData.js'
import { demoCard } from './support/demo.js'

interface WorkedExample {
  readonly exchanges: readonly (readonly [command: string, response: string])[]
  readonly intermediate: Readonly<Record<string, string>>
  readonly secureMessaging?: readonly { readonly plain: readonly string[]; readonly wire: readonly [string, string] }[]
}

/** Gives the bytes that the example's chip drew, in its order. */
function scripted(...draws: readonly string[]): RandomSource {
  const queue = draws.map(decodeHex)
  return (length) => {
    const next = queue.shift()
    if (next?.length !== length) throw new Error('the chip draws something else than the example')
    return next
  }
}

/** An example of PACE; what the chip drew stands apart. */
interface PaceExample extends WorkedExample {
  readonly chip: Readonly<Record<string, string>>
}

function draws(from: Readonly<Record<string, string>>, ...names: readonly string[]): string[] {
  return names.map((name) => from[name] as string)
}

/** A card with the MRZ of appendix G and one way of PACE. */
async function exampleCard(offer: PaceOffer): Promise<CardImage> {
  return {
    ...(await demoCard()),
    pace: [offer],
    mrz: ['I<UTOT220001293<<<<<<<<<<<<<<<', '6408125F1010318UTO<<<<<<<<<<<6', 'EXAMPLE<<NAME<<<<<<<<<<<<<<<<<'],
  }
}

const backends = [
  ['portable', portableCrypto()],
  ['node', nodeCrypto()],
] as const

describe.each(backends)('worked examples of Doc 9303-11 on the chip side, %s', (_name, crypto) => {
  it('appendix G.1: PACE with generic mapping', async () => {
    const { exchanges } = readOwnVector<WorkedExample>('doc9303-11-g1.json')
    const card = await exampleCard({ cipher: 'AES-128', parameterId: 13 })
    // The private keys of the chip are printed in the standard; the terminal's file holds only its own.
    const chip = virtualCard(card, {
      crypto,
      random: scripted(
        '3f00c4d39d153f2b2a214a078d899b22',
        '498ff49756f2dc1587840041839a85982be7761d14715fb091efa7bce9058560',
        '107cf58696ef6155053340fd633392ba81909df7b9706f226f32086c7aff974a',
      ),
    })
    for (const [command, response] of exchanges) expect(encodeHex(await chip.transmit(decodeHex(command)))).toBe(response)
    expect(exchanges.length).toBe(5)
  })

  it('appendix G.2: PACE with generic mapping over a prime group', async () => {
    const { exchanges, chip: drawn } = readOwnVector<PaceExample>('doc9303-11-g2.json')
    const chip = virtualCard(await exampleCard({ cipher: 'AES-128', parameterId: 0 }), {
      crypto,
      random: scripted(...draws(drawn, 'nonce', 'map', 'agree')),
    })
    for (const [command, response] of exchanges) expect(encodeHex(await chip.transmit(decodeHex(command)))).toBe(response)
    expect(exchanges.length).toBe(5)
  })

  // The password behind the printed key is not given, so the encrypted nonce of another password stands in the second answer.
  it('appendix H.1: PACE with integrated mapping', async () => {
    const { exchanges, chip: drawn } = readOwnVector<PaceExample>('doc9303-11-h1.json')
    const chip = virtualCard(await exampleCard({ cipher: 'AES-128', parameterId: 13, mapping: 'IM' }), {
      crypto,
      random: scripted(...draws(drawn, 'nonce', 'agree')),
    })
    for (const [index, [command, response]] of exchanges.entries()) {
      const answer = encodeHex(await chip.transmit(decodeHex(command)))
      expect(answer).toMatch(index === 1 ? /^7c128010.{32}9000$/ : new RegExp(`^${response}$`))
    }
    expect(exchanges.length).toBe(5)
  })

  it('appendix H.2: PACE with integrated mapping over a prime group', async () => {
    const { intermediate, chip: drawn } = readOwnVector<PaceExample>('doc9303-11-h2.json')
    const of = (name: string): string => intermediate[name] as string
    const chip = virtualCard(await exampleCard({ cipher: 'AES-128', parameterId: 0, mapping: 'IM' }), {
      crypto,
      random: scripted(...draws(drawn, 'nonce', 'agree')),
    })
    const ask = async (hex: string): Promise<string> => encodeHex(await chip.transmit(decodeHex(hex)))
    expect(await ask('0022c1a40f800a04007f00070202040302830101')).toBe('9000')
    expect(await ask('10860000027c0000')).toMatch(/9000$/)
    expect(await ask(`10860000147c128110${of('nonce_t')}00`)).toBe('7c0282009000')
    expect(await ask(`10860000867c8183838180${of('agree.terminal_public')}00`)).toBe(`7c8183848180${of('agree.chip_public')}9000`)
    expect(await ask(`008600000c7c0a8508${of('token.TIFD')}00`)).toBe(`7c0a8608${of('token.TIC')}9000`)
  })

  // The chip's ephemeral key is not printed: its mapping data and what it proves with its static key are.
  it('appendix I.1: PACE with chip-authentication mapping', async () => {
    const { exchanges, intermediate } = readOwnVector<WorkedExample>('doc9303-11-i1.json')
    const of = (name: string): Uint8Array => decodeHex(intermediate[name] as string)
    const card: CardImage = {
      ...(await exampleCard({ cipher: 'AES-128', parameterId: 13, mapping: 'CAM' })),
      mrz: ['I<UTOC11T002JM4<<<<<<<<<<<<<<<', '9608122F2310314UTO<<<<<<<<<<<6', 'EXAMPLE<<NAME<<<<<<<<<<<<<<<<<'],
    }
    const chip = virtualCard(card, { crypto, random: scripted(...draws(intermediate, 'nonce_s', 'map.chip_private')) })
    for (const [command, response] of exchanges.slice(0, 3))
      expect(encodeHex(await chip.transmit(decodeHex(command)))).toBe(response)
    const group = crypto.curve('brainpoolP256r1')
    expect(await group.publicKey(of('cam.chip_static_private'))).toEqual(of('cam.chip_static_public'))
    const data = chipAuthenticationData({
      group,
      suite: await createCipherSuite('AES-128', crypto),
      mapping: of('map.chip_private'),
      secret: of('cam.chip_static_private'),
      encryption: of('agree.KSEnc'),
    })
    expect(data).toEqual(of('cam.AIC'))
  })

  it('appendix D: BAC and secure messaging with 3DES', async () => {
    const { exchanges, intermediate, secureMessaging = [] } = readOwnVector<WorkedExample>('doc9303-11-d.json')
    const demo = await demoCard()
    const card: CardImage = {
      ...demo,
      mrz: ['I<UTOL898902C<3<<<<<<<<<<<<<<<', '6908061F9406236UTO<<<<<<<<<<<4', 'EXAMPLE<<NAME<<<<<<<<<<<<<<<<<'],
      files: { ...demo.files, COM: decodeHex('60145f0104303130365f36063034303030305c026175') },
    }
    const chip = virtualCard(card, { crypto, random: scripted('4608f91988702212', intermediate['auth.KIC'] as string) })
    await chip.transmit(decodeHex('00a4040c07a0000002471001'))
    for (const [command, response] of exchanges) expect(encodeHex(await chip.transmit(decodeHex(command)))).toBe(response)
    for (const { wire } of secureMessaging) expect(encodeHex(await chip.transmit(decodeHex(wire[0])))).toBe(wire[1])
    expect(secureMessaging.length).toBeGreaterThan(2)
  })
})
