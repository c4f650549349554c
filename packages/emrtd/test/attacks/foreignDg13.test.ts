import { checkOf } from '@cccd/core'
import { createTrustStore, type TrustStore } from '@cccd/pki'
import { beforeAll, describe, expect, it } from 'vitest'
import { type FileName, readingFromFiles, type VerificationReport, verifyReading } from '../../src/index.js'
import { makeDg1, makeDg13, makeSod, type TestIssuer, testIssuer } from '../issuer.js'

/** Another country's signer, trusted for its own documents, signs a DG13 with a Vietnamese citizen in it. */

const at = '2026-01-31T09:00:00Z'
const germanMrz = ['IDD<<T220001293<<<<<<<<<<<<<<<', '9008155M3008155D<<<<<<<<<<<<<8', 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<'].join('')
let foreign: TestIssuer
let trust: TrustStore

beforeAll(async () => {
  foreign = await testIssuer({ country: 'DE' })
  trust = await createTrustStore({ anchors: [{ certificate: foreign.csca }] })
})

async function verify(groups: Record<number, Uint8Array>, present: readonly number[]): Promise<VerificationReport> {
  const files: Partial<Record<FileName, Uint8Array>> = { SOD: await makeSod(foreign, groups) }
  for (const number of present) files[`DG${number}` as FileName] = groups[number] as Uint8Array
  return verifyReading(readingFromFiles(files, { readAt: at }), { trust, at })
}

describe('a Vietnamese DG13 under another country', () => {
  it('alone, without the DG1 that would name the country', async () => {
    const report = await verify({ 1: makeDg1(), 13: makeDg13() }, [13])
    expect(checkOf(report, 'chain.csca')).toMatchObject({ status: 'failed', reason: 'country-differs' })
    expect(report.summary.issuer).toBe('unconfirmed')
    expect(report.identity).toEqual({})
  })

  it('beside a DG1 of that country says nothing', async () => {
    const report = await verify({ 1: makeDg1(germanMrz), 13: makeDg13() }, [1, 13])
    expect(checkOf(report, 'chain.csca').status).toBe('passed')
    expect(report.identity.personalNumber).toBeUndefined()
    expect(report.identity.documentNumber?.value).toBe('T22000129')
  })
})
