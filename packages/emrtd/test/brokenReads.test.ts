import type { CardImage } from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  abortAt,
  abortBetween,
  breakAnswer,
  expectWhole,
  faults,
  fewest,
  loseTag,
  makeCards,
  type Route,
  read,
  routes,
  tap,
} from './brokenReads.js'

let cards: Record<Route['protocol'], readonly [CardImage, CardImage]>
beforeAll(async () => {
  cards = await makeCards()
})

/** APDUs at which something goes wrong: opening, SOD, Chip and Active Authentication, a small file, DG2, its last. All: `.full.ts`. */
function sample({ protocol, extended }: Route): readonly number[] {
  if (extended) return protocol === 'PACE' ? [9, 12] : [13]
  return protocol === 'PACE' ? [4, 20, 24, 60] : [15]
}

describe.each(routes)('$name', (route) => {
  it('takes the fewest APDUs', async () => {
    const [card] = cards[route.protocol]
    const channel = tap(card, route)
    expectWhole(await read(channel, card, route), card)
    expect(channel.count).toBe(fewest(card, route))
  })

  it('a tag that leaves and comes back', async () => {
    for (const at of sample(route)) await loseTag(at, route, cards[route.protocol])
  })

  it('cancelled', async () => {
    for (const at of sample(route)) await abortAt(at, route, cards[route.protocol][0])
  })

  it('cancelled between two APDUs: the channel reads on', async () => {
    await abortBetween(route, cards[route.protocol][0])
  })

  it('an answer that is wrong', async () => {
    const samples = sample(route)
    for (const [index, fault] of Object.values(faults).entries())
      await breakAnswer(samples[index % samples.length] ?? 0, fault, route, cards[route.protocol][0])
  })
})
