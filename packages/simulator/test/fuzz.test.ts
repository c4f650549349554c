import { type CardImage, seededRandom, type VirtualCard, virtualCard } from '@cccd/simulator'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { demoCard } from './support/demo.js'
import { cardOf } from './support/kinds.js'

const cards: CardImage[] = []
beforeAll(async () => {
  cards.push(await demoCard(), await cardOf('pin-card'), await cardOf('de-cam'), await cardOf('dh-pace'))
})

const header = fc.tuple(
  fc.constantFrom(0x00, 0x0c, 0x10, 0x1c, 0x80),
  fc.constantFrom(0xa4, 0xb0, 0xb1, 0x22, 0x82, 0x84, 0x86, 0x88, 0xc0, 0x2a, 0x2c),
  fc.constantFrom(0x00, 0x02, 0x03, 0x04, 0x41, 0x9c, 0x9d, 0xc1),
  fc.constantFrom(0x00, 0x03, 0x0c, 0xa4, 0xa6),
)
const command = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .tuple(header, fc.uint8Array({ minLength: 1, maxLength: 64 }))
    .map(([head, data]) => Uint8Array.of(...head, data.length, ...data, 0)),
  fc.tuple(header, fc.uint8Array({ maxLength: 3 })).map(([head, rest]) => Uint8Array.of(...head, ...rest)),
)

it('a chip answers whatever it is sent, with two bytes at least, and gives nothing away', async () => {
  const chips = cards.map((card) => virtualCard(card, { random: seededRandom('fuzz') }))
  await fc.assert(
    fc.asyncProperty(fc.nat(chips.length - 1), fc.array(command, { maxLength: 12 }), async (index, commands) => {
      const chip = chips[index] as VirtualCard
      await chip.reset()
      for (const bytes of commands) {
        const response = await chip.transmit(bytes)
        expect(response.length).toBeGreaterThanOrEqual(2)
        // Before access: EF.CardAccess is the longest thing that a chip tells, besides its half of PACE.
        expect(response.length).toBeLessThan(280)
      }
    }),
    { numRuns: 400 },
  )
})
