import { checkOf } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { createTrustStore } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import { type FileName, readingFromFiles, type VerificationReport, verifyReading } from '../src/index.js'

const backends: readonly (readonly [string, CryptoPort])[] = [
  ['node', nodeCrypto()],
  ['portable', portableCrypto()],
]

function filesOf(folder: string, leftOut: readonly string[] = []): Partial<Record<FileName, Uint8Array>> {
  const names = vectorFiles('lds', folder).filter((file) => !leftOut.includes(file))
  return Object.fromEntries(names.map((file) => [file.replace(/^EF_|_not_in_sod|\.bin$/g, ''), readVector('lds', folder, file)]))
}

async function verify(
  folder: string,
  at: string,
  crypto: CryptoPort,
  leftOut: readonly string[] = [],
): Promise<VerificationReport> {
  const trust = await createTrustStore({ crypto })
  return verifyReading(readingFromFiles(filesOf(folder, leftOut)), { trust, at, crypto })
}

const outcome = (report: VerificationReport, id: string): string => {
  const { status, reason } = checkOf(report, id)
  return reason === undefined ? status : `${status}: ${reason}`
}

describe.skipIf(sharedVectors === undefined)('reference passports whose country CA is not public', () => {
  describe.each(backends)('%s backend', (_, crypto) => {
    it('TR-03105-5 data set at 2014-06-01: all listed files proven, issuer unknown, DG15 injected', async () => {
      const report = await verify('bsi_tr03105_5_hjp', '2014-06-01', crypto)
      expect(outcome(report, 'sod.signature')).toBe('passed')
      for (const number of [1, 2, 3, 4, 14]) expect(outcome(report, `dg${number}.hash`)).toBe('passed')
      expect(outcome(report, 'dg15.hash')).toBe('failed: not-listed')
      expect(outcome(report, 'chain.csca')).toBe('inconclusive: no-trust-anchor')
      expect(outcome(report, 'chain.validity-now')).toBe('passed')
      expect(report.summary).toMatchObject({ issuer: 'unconfirmed', integrity: 'failed' })
      expect(report.identity).toEqual({})
      expect(report.findings.map(({ code }) => code)).not.toContain('weak-hash')
    })

    it('the same without DG15: nothing fails', async () => {
      const report = await verify('bsi_tr03105_5_hjp', '2014-06-01', crypto, ['EF_DG15_not_in_sod.bin'])
      expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([])
      expect(report.summary.integrity).toBe('passed')
      expect(report.unverified.portrait?.value.imageType).toBe('jp2')
    })

    it('the signer has expired at 2015-01-01', async () => {
      const report = await verify('bsi_tr03105_5_hjp', '2015-01-01', crypto)
      expect(outcome(report, 'chain.validity-now')).toBe('failed: expired')
    })

    it('BDR 2008 at 2008-06-01: brainpoolP224r1 with explicit parameters, SHA-1 flagged', async () => {
      const report = await verify('bsi2008_bdr_sha1', '2008-06-01', crypto, ['EF_DG15_not_in_sod.bin'])
      expect(outcome(report, 'sod.signature')).toBe('passed')
      for (const number of [1, 14]) expect(outcome(report, `dg${number}.hash`)).toBe('passed')
      for (const number of [2, 3]) expect(outcome(report, `dg${number}.hash`)).toBe('not-performed: not-asked')
      expect(outcome(report, 'chain.csca')).toBe('inconclusive: no-trust-anchor')
      expect(outcome(report, 'chain.validity-now')).toBe('passed')
      const weak = report.findings.filter(({ code }) => code === 'weak-hash').map(({ field }) => field)
      expect(weak).toContain('SOD')
      expect(weak).toContain('signer')
      expect(report.path[0]?.publicKey).toEqual({ type: 'ec', curve: 'brainpoolP224r1' })
    })
  })
})
