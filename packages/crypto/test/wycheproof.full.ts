import { afterAll, describe, expect, it } from 'vitest'
import { sharedVectors } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'
import { printTallies, runWycheproof, type Tally, wycheproofFiles } from './wycheproof.js'

const files = sharedVectors === undefined ? [] : wycheproofFiles()

describe.skipIf(sharedVectors === undefined).each(backends)('Wycheproof, every test: %s', (backend, crypto) => {
  const tallies: Tally[] = []
  afterAll(() => printTallies(backend, tallies))

  it.each(files)('%s', async (file) => {
    const tally = await runWycheproof(file, crypto)
    tallies.push(tally)
    expect(tally.disagreements).toEqual([])
    expect(tally.ran).toBe(tally.counts.valid + tally.counts.invalid + tally.counts.acceptable)
  })
})
