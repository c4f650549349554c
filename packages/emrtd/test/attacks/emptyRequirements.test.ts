import { createTrustStore } from '@cccd/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type ChipReading,
  type RequireVerifiedOptions,
  readingFromFiles,
  requireVerified,
  type VerificationReport,
  verifyReading,
} from '../../src/index.js'
import { makeDg1, makeSod, testIssuer } from '../issuer.js'

/** Lists of requirements that came out empty, of a configuration say, must not ask for nothing. */

const at = '2026-01-31T09:00:00Z'
let selfMade: VerificationReport
let genuine: VerificationReport
let notYet: VerificationReport

beforeAll(async () => {
  const issuer = await testIssuer()
  const dg1 = makeDg1()
  const reading: ChipReading = readingFromFiles({ SOD: await makeSod(issuer, { 1: dg1 }), DG1: dg1 }, { readAt: at })
  const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
  selfMade = await verifyReading(reading, { trust: await createTrustStore(), at })
  genuine = await verifyReading(reading, { trust, at })
  notYet = await verifyReading(reading, { trust, at: '2019-06-01' })
})

const lacking = (report: VerificationReport, options: RequireVerifiedOptions): string => {
  try {
    requireVerified(report, options)
  } catch (error) {
    return error instanceof RangeError ? 'RangeError' : String((error as { params: { lacking: string } }).params.lacking)
  }
  return 'nothing'
}

describe('requireVerified', () => {
  it('does not take a signer that nobody vouches for when no issuer is named', () => {
    expect(lacking(selfMade, { issuer: [], allowExpired: true })).toBe('RangeError')
    expect(lacking(genuine, { issuer: [] })).toBe('RangeError')
    // What a caller without types may hand over.
    const options = JSON.parse('{"issuer":["unconfirmed"],"allowExpired":true}') as RequireVerifiedOptions
    expect(lacking(selfMade, options)).toBe('RangeError')
  })

  it('does not take an empty list of files', () => {
    expect(lacking(genuine, { files: [] })).toBe('RangeError')
    expect(lacking(genuine, {})).toBe('nothing')
  })

  it('takes a signer that has expired where that is allowed, never one that is not valid yet', () => {
    expect(lacking(notYet, { allowExpired: true })).toBe('chain.validity-now')
  })
})
