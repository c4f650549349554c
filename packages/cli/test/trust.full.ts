import { describe, it } from 'vitest'
import { censusOfThreeIssuers } from './trustCensus.js'

describe('census, pins and recheck', () => {
  it('over 2,000 DEMO cards of three issuers, one hostile with the same names', () => censusOfThreeIssuers(2000), 600_000)
})
