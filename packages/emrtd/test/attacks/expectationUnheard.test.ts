import { checkOf } from '@cccd/core'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  readingFromFiles,
  requireVerified,
  type VerificationReport,
  type VerifyReadingOptions,
  verifyReading,
} from '../../src/index.js'
import { makeDg1, makeSod, type TestIssuer, testIssuer } from '../issuer.js'

/** A genuine document that does not say what the caller expects of its holder: nothing contradicts, and nothing is confirmed. */

const at = '2026-01-31T09:00:00Z'
// A card whose MRZ has no room for the twelve digits, as a passport's mostly has not.
const withoutNumber = ['IDVNM0900001233<<<<<<<<<<<<<<<', '9008157M3008155VNM<<<<<<<<<<<4', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<'].join(
  '',
)
let issuer: TestIssuer
let trust: TrustStore

beforeAll(async () => {
  issuer = await testIssuer()
  trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
})

async function verify(options: Partial<VerifyReadingOptions>, mrz?: string): Promise<VerificationReport> {
  const dg1 = makeDg1(mrz)
  const reading = readingFromFiles({ SOD: await makeSod(issuer, { 1: dg1 }), DG1: dg1 }, { readAt: at })
  return verifyReading(reading, { trust, at, ...options })
}

const consistency = (report: VerificationReport) => checkOf(report, 'document.consistency')

describe('an expected number that the chip does not say', () => {
  it('is not confirmed by being alone', async () => {
    const report = await verify({ expect: { personalNumber: '001090000123' } }, withoutNumber)
    expect(consistency(report)).toMatchObject({
      status: 'inconclusive',
      reason: 'not-compared',
      data: { fields: ['personalNumber'] },
    })
    expect(() => requireVerified(report)).toThrow(expect.objectContaining({ params: { lacking: 'document.consistency' } }))
  })

  it('is not confirmed by an unsigned QR that says the same', async () => {
    const personalNumber = '001090000999'
    const report = await verify({ expect: { personalNumber }, qr: { personalNumber, fullName: 'Nguyễn Văn Thử' } }, withoutNumber)
    expect(consistency(report)).toMatchObject({ status: 'inconclusive', reason: 'not-compared' })
  })

  it('of a QR alone is not listed among what was compared with the chip', async () => {
    const mrz = (await verify({}, withoutNumber)).identity
    expect(mrz.personalNumber).toBeUndefined()
    const report = await verify(
      { qr: { personalNumber: '001090000999', fullName: 'Nguyễn Văn Thử', dateOfBirth: '1990-08-15' } },
      withoutNumber,
    )
    expect(consistency(report)).toMatchObject({ status: 'passed', data: { fields: ['fullName', 'dateOfBirth'] } })
  })

  it('is confirmed where the chip says it', async () => {
    const report = await verify({ expect: { personalNumber: '001090000123' } })
    expect(consistency(report)).toMatchObject({ status: 'passed', data: { fields: ['personalNumber'] } })
    expect(requireVerified(report).personalNumber?.value).toBe('001090000123')
  })
})
