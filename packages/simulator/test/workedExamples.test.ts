import { decodeHex, encodeHex } from '@cccd/core'
import type { RandomSource } from '@cccd/crypto'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { type CardImage, virtualCard } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { readOwnVector } from '../../../test-vectors/shared.js'
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

const backends = [
  ['portable', portableCrypto()],
  ['node', nodeCrypto()],
] as const

describe.each(backends)('worked examples of Doc 9303-11 on the chip side, %s', (_name, crypto) => {
  it('appendix G.1: PACE with generic mapping', async () => {
    const { exchanges } = readOwnVector<WorkedExample>('doc9303-11-g1.json')
    const card: CardImage = {
      ...(await demoCard()),
      mrz: ['I<UTOT220001293<<<<<<<<<<<<<<<', '6408125F1010318UTO<<<<<<<<<<<6', 'EXAMPLE<<NAME<<<<<<<<<<<<<<<<<'],
    }
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
