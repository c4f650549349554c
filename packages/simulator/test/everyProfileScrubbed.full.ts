import { cardProfileNames } from '@cccd/simulator'
import { describe, it } from 'vitest'
import { scrubProfile } from './support/scrubbed.js'

describe('scrub', () => {
  it.each(cardProfileNames)('of a chip of %s', { timeout: 60_000 }, scrubProfile)
})
