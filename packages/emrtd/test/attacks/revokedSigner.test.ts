import { checkOf } from '@cccd/core'
import { createTrustStore } from '@cccd/pki'
import { parseRevocationList, type RevocationInput, type RevocationPolicy } from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { readingFromFiles, requireVerified, type VerificationReport, verifyReading } from '../../src/index.js'
import { makeDg1, makeDg13, makeRevocationList, makeSod, testIssuer } from '../issuer.js'

const at = '2026-01-31T09:00:00Z'
const issuer = await testIssuer()
const other = await testIssuer({ seed: 8 })
const groups = { 1: makeDg1(), 13: makeDg13() }
const files = { SOD: await makeSod(issuer, groups), DG1: groups[1], DG13: groups[13] }
const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })

async function verify(policy: RevocationPolicy | undefined, ...lists: readonly Uint8Array[]): Promise<VerificationReport> {
  const revocation: RevocationInput | undefined =
    policy === undefined ? undefined : { policy, lists: lists.map(parseRevocationList) }
  return verifyReading(readingFromFiles(files, { readAt: at }), { trust, at, ...(revocation && { revocation }) })
}

function outcome(report: VerificationReport): string {
  const { status, reason } = checkOf(report, 'chain.csca')
  return `${reason === undefined ? status : `${status}: ${reason}`}, ${report.summary.issuer}`
}

describe('a card whose document signer was revoked', () => {
  it('fails, and nothing of it is identity', async () => {
    const report = await verify('require', await makeRevocationList(issuer, 2))
    expect(outcome(report)).toBe('failed: revoked, unconfirmed')
    expect(report.identity).toEqual({})
    expect(() => requireVerified(report, { issuer: ['country-ca'] })).toThrow(expect.objectContaining({ code: 'NOT_VERIFIED' }))
  })

  it('is not known to be good by a list that is old, forged or missing, where one is required', async () => {
    expect(outcome(await verify('require', await makeRevocationList(issuer)))).toBe('passed, country-ca')
    expect(outcome(await verify('require'))).toBe('inconclusive: revocation-unknown, unconfirmed')
    expect(outcome(await verify('require', await makeRevocationList(other)))).toBe(
      'inconclusive: revocation-unknown, unconfirmed',
    )
    const late = await verifyReading(readingFromFiles(files, { readAt: at }), {
      trust,
      at: '2026-02-02',
      revocation: { policy: 'require', lists: [parseRevocationList(await makeRevocationList(issuer))] },
    })
    expect(outcome(late)).toBe('inconclusive: revocation-unknown, unconfirmed')
  })

  it('passes with a finding where revocation is only preferred, and unseen where it is off', async () => {
    const preferred = await verify('prefer')
    expect(outcome(preferred)).toBe('passed, country-ca')
    expect(preferred.findings).toContainEqual(expect.objectContaining({ code: 'revocation-unknown' }))
    expect(outcome(await verify('prefer', await makeRevocationList(issuer, 2)))).toBe('failed: revoked, unconfirmed')
    expect(outcome(await verify('off', await makeRevocationList(issuer, 2)))).toBe('passed, country-ca')
  })

  it('leaves in the report which revocation data it rests on, whatever their order', async () => {
    const [good, bad] = [await makeRevocationList(issuer), await makeRevocationList(issuer, 2)]
    const report = await verify('require', good, bad)
    expect(report.revocation).toMatchObject({ policy: 'require', lists: 2, responses: 0 })
    expect((await verify('require', bad, good)).revocation).toEqual(report.revocation)
    expect((await verify('require', bad)).revocation?.digest).not.toBe(report.revocation?.digest)
    expect((await verify(undefined)).revocation).toBeUndefined()
  })
})
