import { describe, it } from 'vitest'
import { everyTraits, makeCard, readTwice } from './chipTraits.js'

describe('some mixtures of traits', () => {
  it('are read whole, and the second time without a refusal', async () => {
    const card = await makeCard()
    const traits = everyTraits()
    for (let at = 3; at < traits.length; at += 67) await readTwice(card, traits[at] ?? {})
  })
})
