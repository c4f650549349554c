import type { CardImage } from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'
import { abortAt, breakAnswer, faults, fewest, loseTag, makeCards, type Route, routes } from './brokenReads.js'

let cards: Record<Route['protocol'], readonly [CardImage, CardImage]>
beforeAll(async () => {
  cards = await makeCards()
})

describe.each(routes)('at every APDU: $name', (route) => {
  const every = async (check: (at: number, card: readonly [CardImage, CardImage]) => Promise<unknown>): Promise<number> => {
    const pair = cards[route.protocol]
    const count = fewest(pair[0], route)
    for (let at = 0; at < count; at++) await check(at, pair)
    return count
  }

  it('a tag that leaves and comes back', async () => {
    console.log(`${route.name}: ${await every((at, pair) => loseTag(at, route, pair))} lost tags, each read to its end`)
  })

  it('cancelled', async () => {
    console.log(`${route.name}: ${await every((at, [card]) => abortAt(at, route, card))} cancellations`)
  })

  it.each(Object.entries(faults))('%s', async (name, fault) => {
    const outcomes = { error: 0, whole: 0, 'in part': 0 }
    await every(async (at, [card]) => {
      outcomes[await breakAnswer(at, fault, route, card)]++
    })
    console.log(`${route.name}, ${name}: ${outcomes.error} coded errors, ${outcomes.whole} whole, ${outcomes['in part']} in part`)
    expect(outcomes.error + outcomes.whole + outcomes['in part']).toBe(fewest(cards[route.protocol][0], route))
  })
})
