import { checkOf } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { createTrustStore, type TrustMaterial } from '@cccd/pki'
import { compileTrustStore, createSignerCensus, loadTrustStore, recheckSigners } from '@cccd/pki/trust'
import { createIssuer, renewCountryCa, securityObject, seededRandom } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { readingFromFiles, verifyReading } from '../src/index.js'
import { makeDg1, makeDg13, makeSod, testIssuer } from './issuer.js'

const at = '2026-01-31T09:00:00Z'

/** `sod.signature` and `chain.csca` of a reading by what is trusted and at hand; the same from a compiled store. */
async function verdicts(sod: Uint8Array, material: TrustMaterial): Promise<string> {
  const allowDemo = true
  const store = await createTrustStore({ ...material, allowDemo })
  const compiled = await loadTrustStore(compileTrustStore(store), { allowDemo })
  const seen = []
  for (const trust of [store, compiled]) {
    const { checks, trust: used } = await verifyReading(readingFromFiles({ SOD: sod, DG1: makeDg1() }, { readAt: at }), {
      trust,
      at,
    })
    const text = (id: 'sod.signature' | 'chain.csca'): string => {
      const { status, reason } = checkOf({ checks }, id)
      return reason === undefined ? status : `${status}: ${reason}`
    }
    expect(used.digest).toBe(store.digest)
    seen.push([text('sod.signature'), text('chain.csca'), ...used.sources.map(({ name }) => name)].join(', '))
  }
  expect(seen[1]).toBe(seen[0])
  return seen[0] ?? ''
}

describe('a security object that leaves its signer’s certificate out', async () => {
  const issuer = await testIssuer()
  const sod = await makeSod(issuer, { 1: makeDg1(), 13: makeDg13() }, { withoutCertificate: true })
  const anchors = [{ certificate: issuer.csca, source: 'csca.der' }]

  it('is verified by the one at hand, which a country CA must vouch for all the same', async () => {
    const certificates = [{ certificate: issuer.signer, source: 'pkd.ldif' }]
    expect(await verdicts(sod, { anchors })).toBe('inconclusive: no-signer-certificate, not-performed: sod-not-verified')
    expect(await verdicts(sod, { anchors, certificates })).toBe('passed, passed, csca.der')
    expect(await verdicts(sod, { certificates })).toBe('passed, inconclusive: no-trust-anchor')
  })

  it('fails under a certificate of the same names and serial number with another key', async () => {
    const { signer } = await testIssuer({ seed: 8 })
    expect(await verdicts(sod, { anchors, certificates: [{ certificate: signer }] })).toBe(
      'failed: signature-wrong, not-performed: sod-not-verified',
    )
  })

  it('is counted in a census that has the certificate at hand', async () => {
    const trust = await createTrustStore({ certificates: [{ certificate: issuer.signer }] })
    for (const [given, rows, unreadable] of [[{}, 0, 1] as const, [{ trust }, 1, 0] as const]) {
      const census = await createSignerCensus({ key: new Uint8Array(32), ...given })
      await census.add({ sod })
      expect([census.rows().length, census.unreadable]).toEqual([rows, unreadable])
    }
  })
})

describe('a signer under a renewed key', async () => {
  const old = await createIssuer({ random: seededRandom('old'), at: '2024-01-01T00:00:00Z' })
  const { links, signer, csca } = await renewCountryCa(old, { random: seededRandom('new'), at: '2025-06-01T00:00:00Z' })
  const sodOf = (by: typeof signer): Promise<Uint8Array> => {
    const dataGroups = new Map([[1, makeDg1()]])
    const random = seededRandom('sod')
    return securityObject({ signer: by, dataGroups, signingTime: '2025-07-01T00:00:00Z', crypto: defaultCrypto(), random })
  }
  const anchors = [{ certificate: old.csca.certificate, source: 'old.der' }]
  const certificates = links.map((certificate) => ({ certificate, source: 'pkd.ldif' }))

  it('is reached over the link at hand, and the report names where both came from', async () => {
    const sod = await sodOf(signer)
    expect(await verdicts(sod, { anchors })).toBe('passed, inconclusive: no-trust-anchor')
    expect(await verdicts(sod, { anchors, certificates })).toBe('passed, passed, old.der, pkd.ldif')
    expect(await verdicts(sod, { certificates })).toBe('passed, inconclusive: no-trust-anchor')
  })

  it('and the way back is none: the new key vouches for nobody under the old one', async () => {
    const renewed = [{ certificate: csca.certificate }]
    expect(await verdicts(await sodOf(old.signer), { anchors: renewed, certificates })).toBe(
      'passed, inconclusive: no-trust-anchor',
    )
  })

  it('is confirmed when pins are judged anew, not contradicted', async () => {
    const census = await createSignerCensus({ key: new Uint8Array(32) })
    await census.add({ sod: await sodOf(signer) })
    const verdict = async (material: TrustMaterial): Promise<unknown> => {
      const trust = await createTrustStore({ ...material, allowDemo: true })
      return (await recheckSigners({ signers: census.certificates(), trust, at })).map((row) => row.verdict)
    }
    expect(await verdict({ anchors })).toEqual(['contradicted'])
    expect(await verdict({ anchors, certificates })).toEqual(['confirmed'])
  })
})
