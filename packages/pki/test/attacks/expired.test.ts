import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { document, makeCountry, read } from '../demoCountry.js'

async function verdicts(
  at: string,
  signingTime: string | undefined,
): Promise<{ now: unknown; signing: unknown; chain: unknown }> {
  const { csca, signer } = await makeCountry({
    csca: { notBefore: '2020-01-01T00:00:00Z', notAfter: '2030-01-01T00:00:00Z' },
    signer: { notBefore: '2021-01-01T00:00:00Z', notAfter: '2031-01-01T00:00:00Z' },
  })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const result = await verifyChain({
    signer: read(signer),
    trust,
    at,
    document,
    ...(signingTime !== undefined && { signingTime }),
  })
  return {
    now: checkOf(result, 'chain.validity-now'),
    signing: checkOf(result, 'chain.validity-at-signing'),
    chain: checkOf(result, 'chain.csca'),
  }
}

describe('validity', () => {
  it('inside: both pass, to the second', async () => {
    const { now, signing } = await verdicts('2030-01-01T00:00:00Z', '2021-01-01T00:00:00Z')
    expect(now).toMatchObject({ status: 'passed', data: { certificates: 2 } })
    expect(signing).toMatchObject({ status: 'passed' })
  })

  it.each([
    ['2030-01-01T00:00:01Z', 'expired', 'csca'],
    ['2031-06-01', 'expired', 'signer'],
    ['2020-12-31T23:59:59Z', 'not-yet-valid', 'signer'],
    ['2019-12-31', 'not-yet-valid', 'signer'],
  ])('%s: %s (%s), now and at signing; the chain itself stays', async (time, reason, certificate) => {
    const { now, signing, chain } = await verdicts(time, time)
    expect(now).toMatchObject({ status: 'failed', reason, data: { certificate } })
    expect(signing).toMatchObject({ status: 'failed', reason, data: { certificate } })
    expect(chain).toMatchObject({ status: 'passed' })
  })

  it('valid at signing, expired now', async () => {
    const { now, signing } = await verdicts('2032-01-01', '2022-01-01T00:00:00Z')
    expect(now).toMatchObject({ status: 'failed', reason: 'expired' })
    expect(signing).toMatchObject({ status: 'passed' })
  })

  it('no signing time: nothing is known of it', async () => {
    expect((await verdicts('2026-01-01', undefined)).signing).toMatchObject({ status: 'inconclusive', reason: 'no-signing-time' })
  })

  it.each([
    ['no time', 'tomorrow'],
    ['a day that does not exist, which Date.parse takes for another', '2026-02-31'],
    ['no zone: another instant on another machine', '2026-01-01T00:00:00'],
    ['a local way of writing', '01/02/2026'],
    ['a year of five digits, which as text comes before all others', '+010000-01-01T00:00:00Z'],
    ['the last hour of the last year, west of Greenwich', '9999-12-31T23:00:00-02:00'],
  ])('refuses a time that is none: %s', async (_, time) => {
    await expect(verdicts(time, undefined)).rejects.toThrow(RangeError)
    await expect(verdicts('2026-01-01', time)).rejects.toThrow(RangeError)
  })
})
