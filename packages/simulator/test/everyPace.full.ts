import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { type CardImage, issueCard, type PaceOffer, paceExclusion, seededRandom, virtualCard } from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { type LiteralPassword, literalPace } from './support/literalPace.js'

const ciphers = ['3DES', 'AES-128', 'AES-192', 'AES-256'] as const
const parameterIds = [0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] as const
const wrong: Readonly<Record<LiteralPassword, readonly [string, number]>> = {
  MRZ: ['T22000129364081251010318', 0x6300],
  CAN: ['000000', 0x6300],
  PIN: ['000000', 0x63c2],
  PUK: ['0000000000', 0x63c9],
}

let card: CardImage
beforeAll(async () => {
  card = await issueCard({ profile: 'pin-card', index: 0, random: seededRandom('every pace'), at: '2026-06-01T00:00:00Z' })
})

describe.each(['GM', 'IM', 'CAM'] as const)('%s', (mapping) => {
  const used = ciphers.filter((cipher) => paceExclusion({ mapping, cipher, parameterId: 13 }) === undefined)
  describe.each(used)('%s', (cipher) => {
    const works = parameterIds.filter((parameterId) => paceExclusion({ mapping, cipher, parameterId }) === undefined)
    it('with every parameter and password, each backend as chip and as terminal', { timeout: 300_000 }, async () => {
      const backends = [nodeCrypto(), portableCrypto()]
      for (const parameterId of works) {
        const offer: PaceOffer = { mapping, cipher, parameterId }
        for (const [index, password] of (['MRZ', 'CAN', 'PIN', 'PUK'] as const).entries()) {
          const [chipCrypto, terminalCrypto] = index % 2 === 0 ? backends : [...backends].reverse()
          if (chipCrypto === undefined || terminalCrypto === undefined) throw new Error('no backend')
          const chip = virtualCard({ ...card, pace: [offer] }, { crypto: chipCrypto, random: seededRandom('chip') })
          const options = { crypto: terminalCrypto, random: seededRandom('terminal'), offer, password }
          const cell = `${mapping} ${parameterId} ${cipher} ${password}`
          const right = await literalPace(chip, card, options)
          expect([cell, right.sw, right.token]).toEqual([cell, 0x9000, true])
          const [secret, sw] = wrong[password]
          expect([cell, (await literalPace(chip, card, { ...options, secret })).sw]).toEqual([cell, sw])
        }
      }
    })
  })
})
