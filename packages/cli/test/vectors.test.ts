import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes, run } from '@cccd/cli'
import type { Check } from '@cccd/core'
import { afterAll, describe, expect, it } from 'vitest'
import { sharedVectors, vectorPath } from '../../../test-vectors/shared.js'
import { testIo } from './testIo.js'

describe.skipIf(sharedVectors === undefined)('published documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cccd-vectors-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function verify(
    path: string,
    at: string,
  ): Promise<{ code: number; checks: readonly Check[]; findings: readonly { code: string }[] }> {
    const io = testIo()
    const code = await run(['verify', path, '--at', at, '--json'], io)
    return { code, ...(JSON.parse(io.out()) as { checks: readonly Check[]; findings: readonly { code: string }[] }) }
  }

  function copyOf(name: string, without: string): string {
    const target = join(folder, name)
    cpSync(vectorPath('lds', name), target, { recursive: true })
    rmSync(join(target, without), { force: true })
    return target
  }

  it('BSI TR-03105-5: everything but the issuer, whose CA is not public', async () => {
    const { code, checks } = await verify(copyOf('bsi_tr03105_5_hjp', 'none'), '2014-06-01')
    expect(code).toBe(exitCodes.unproven)
    expect(checks.find(({ id }) => id === 'sod.signature')?.status).toBe('passed')
    expect(checks.find(({ id }) => id === 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
    expect(checks.filter(({ id, status }) => /^dg\d+\.hash$/.test(id) && status === 'passed')).toHaveLength(5)
  })

  it('BSI TR-03105-5 with a DG15 that nobody signed: injected', async () => {
    const target = copyOf('bsi_tr03105_5_hjp', 'none')
    cpSync(vectorPath('lds', 'bsi_tr03105_5_hjp', 'EF_DG15_not_in_sod.bin'), join(target, 'EF_DG15.bin'))
    const { code, checks } = await verify(target, '2014-06-01')
    expect(code).toBe(exitCodes.failed)
    expect(checks.find(({ id }) => id === 'dg15.hash')).toMatchObject({ status: 'failed', reason: 'not-listed' })
  })

  it('BDR 2008: verified, with SHA-1 flagged', async () => {
    const { code, checks, findings } = await verify(copyOf('bsi2008_bdr_sha1', 'none'), '2008-06-01')
    expect(code).toBe(exitCodes.unproven)
    expect(checks.find(({ id }) => id === 'sod.signature')?.status).toBe('passed')
    expect(findings.map(({ code }) => code)).toContain('weak-hash')
  })

  it('German master list: counted as the issue says', { timeout: 120_000 }, async () => {
    const io = testIo()
    const list = vectorPath('masterlists', 'DE_ML_2026-05-28-08-28-45.ml')
    const root = vectorPath('masterlists', 'DE_ROOT_CA_CSCA07.cer')
    expect(await run(['trust', 'inspect', list, '--trust', root, '--json'], io)).toBe(exitCodes.ok)
    expect(JSON.parse(io.out())).toMatchObject({
      certificates: 588,
      selfIssued: 504,
      selfSigned: 375,
      sameNameLinks: 129,
      otherName: 84,
      verified: 576,
      unsupported: [],
      wrongSignatures: [],
      masterLists: [{ status: 'passed', anchoredBy: 'anchor' }],
    })
    expect((JSON.parse(io.out()) as { withoutSigner: unknown[] }).withoutSigner).toHaveLength(12)
  })
})
