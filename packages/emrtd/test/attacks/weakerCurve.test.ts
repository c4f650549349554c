import { checkOf } from '@cccd/core'
import { createTrustStore } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readingFromFiles, verifyReading } from '../../src/index.js'
import { observe } from '../../src/reading/observation.js'
import { infos, makeDg1, makeDg14, makeSod, testIssuer } from '../issuer.js'

/** Somebody between chip and terminal left the stronger offers out of the unsigned EF.CardAccess: same cipher, shorter curve. */

const at = '2026-01-31T09:00:00Z'
const oid = '0.4.0.127.0.7.2.2.4.2.2'

async function downgrade(parameterId: number, ...signed: Uint8Array[]): Promise<string> {
  const issuer = await testIssuer()
  const trust = await createTrustStore({ anchors: [{ certificate: issuer.csca }] })
  const groups = { 1: makeDg1(), 14: makeDg14(...signed) }
  const reading = readingFromFiles({ SOD: await makeSod(issuer, groups), DG1: groups[1], DG14: groups[14] }, { readAt: at })
  observe(reading, {
    access: {
      ...{ protocol: 'PACE', password: 'CAN', candidate: 0, oid, parameterId, mapping: 'GM', cipher: 'AES-128' },
      ...{ cardAccess: 'read', offered: [oid], refused: [] },
    },
  })
  const { status, reason } = checkOf(await verifyReading(reading, { trust, at }), 'pace.downgrade')
  return reason === undefined ? status : `${status}: ${reason}`
}

describe('pace.downgrade', () => {
  it('fails for a shorter curve than the signed list offers with the same cipher', async () => {
    expect(await downgrade(8, infos.pace('2.2', 8), infos.pace('2.2', 13))).toBe('failed: weaker-parameters')
    expect(await downgrade(12, infos.pace('2.2', 12), infos.pace('2.2', 15))).toBe('failed: weaker-parameters')
  })

  it('passes for the best offer, and for one as good', async () => {
    expect(await downgrade(13, infos.pace('2.2', 8), infos.pace('2.2', 13))).toBe('passed')
    expect(await downgrade(12, infos.pace('2.2', 13), infos.pace('2.2', 12))).toBe('passed')
    // The longer cipher goes before the longer curve.
    expect(await downgrade(13, infos.pace('2.2', 13), infos.pace('2.1', 15))).toBe('passed')
  })

  it('does not blame the chip for offers that nobody implements', async () => {
    expect(await downgrade(13, infos.pace('2.2', 13), infos.pace('2.2', 31))).toBe('passed')
  })
})
