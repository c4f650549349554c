import { createTrustStore } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readingFromFiles, verifyReading } from '../../src/index.js'
import { makeDg1, makeSod, testIssuer } from '../issuer.js'

/** Checks, findings and summary go into logs and audit records: nothing in them may tell one card or person from another. */

const at = '2026-01-31T09:00:00Z'
const lines = (expiry: string): string =>
  ['IDVNM0900001233001090000123<<4', `9008157M${expiry}VNM<<<<<<<<<<<0`, 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<'].join('')

async function loggedOf(expiry: string, signingTime: string, only?: string): Promise<string> {
  const issuer = await testIssuer()
  const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
  const dg1 = makeDg1(lines(expiry))
  const reading = readingFromFiles({ SOD: await makeSod(issuer, { 1: dg1 }, { signingTime }), DG1: dg1 }, { readAt: at })
  const { checks, findings, summary } = await verifyReading(reading, { trust, at })
  return JSON.stringify(only === undefined ? { checks, findings, summary } : checks.find(({ id }) => id === only))
}

describe('what is logged of a report', () => {
  it('does not hold the second at which the card was signed', async () => {
    expect(await loggedOf('3008155', '240311142233Z')).toBe(await loggedOf('3008155', '230205040607Z'))
  })

  it('does not tell who is too old for an expiry', async () => {
    const of = (expiry: string): Promise<string> => loggedOf(expiry, '240101000000Z', 'document.expiry')
    expect(await of('9912315')).toBe(await of('3008155'))
  })
})
