import { describe, expect, it } from 'vitest'
import { everyTraits, makeCard, readTwice } from './chipTraits.js'

describe('every mixture of traits', () => {
  it('is read whole, and the second time without a refusal', async () => {
    const card = await makeCard()
    const traits = everyTraits()
    let learning = 0
    for (const one of traits) {
      const { first, second } = await readTwice(card, one).catch((error: unknown) => {
        throw new Error(JSON.stringify(one), { cause: error })
      })
      learning = Math.max(learning, first - second)
    }
    console.log(`${traits.length} mixtures of traits; the dearest costs ${learning} APDUs to learn`)
    expect(learning).toBeLessThan(50)
  })
})
