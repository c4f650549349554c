import { describe, it } from 'vitest'
import { censusOfThreeIssuers } from './trustCensus.js'

describe('census, pins and recheck', () => {
  it('over 60 DEMO cards of three issuers, one hostile with the same names', () => censusOfThreeIssuers(60), 60_000)
})
