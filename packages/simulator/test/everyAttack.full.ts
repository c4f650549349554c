import { attackNames, cardProfileNames } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { wrongWith } from './support/attackOutcome.js'
import { cardOf, inspect } from './support/kinds.js'

describe('every attack on every profile', () => {
  it.each(cardProfileNames)('%s', { timeout: 120_000 }, async (profile) => {
    const card = await cardOf(profile)
    const genuine = await inspect(card)
    const wrong: string[] = []
    for (const name of attackNames) for (const text of await wrongWith(card, genuine, name)) wrong.push(`${name}: ${text}`)
    expect(wrong).toEqual([])
  })
})
