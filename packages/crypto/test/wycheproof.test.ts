import { afterAll, describe, expect, it } from 'vitest'
import { sharedVectors } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'
import { printTallies, runWycheproof, type Tally, wycheproofFiles } from './wycheproof.js'

const files = sharedVectors === undefined ? [] : wycheproofFiles()

describe.skipIf(sharedVectors === undefined).each(backends)('Wycheproof: %s', (backend, crypto) => {
  const tallies: Tally[] = []
  afterAll(() => printTallies(backend, tallies))

  it('all files are here', () => expect(files).toHaveLength(27))

  it.each(files)('%s', async (file) => {
    // Curve arithmetic over BigInt takes milliseconds a test: a fixed sample here, all of it in wycheproof.full.ts.
    const sample = file.startsWith('ec') && (backend === 'portable' || (backend !== 'node' && file.includes('brainpool')))
    const tally = await runWycheproof(file, crypto, sample ? 11 : 1)
    tallies.push(tally)
    expect(tally.disagreements).toEqual([])
    expect(tally.ran).toBeGreaterThan(20)
  })
})
