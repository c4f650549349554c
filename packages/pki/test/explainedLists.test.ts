import { type Certificate, createTrustStore, parseMasterList, type TrustStore, tryParseCertificate, verifyChain } from '@cccd/pki'
import { explainChain } from '@cccd/pki/explain'
import { defaultProfilePolicy, strictProfilePolicy } from '@cccd/pki/profile'
import { beforeAll, describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { contradictions } from './impliedVerdict.js'

const full = process.env.CCCD_TEST === 'full'

describe.skipIf(sharedVectors === undefined)('explanations of the certificates of the German list', () => {
  const stores: Record<string, TrustStore> = {}
  let sample: Certificate[] = []

  beforeAll(async () => {
    const list = readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml')
    const anchor = readVector('masterlists', 'DE_ROOT_CA_CSCA07.cer')
    const certificates = parseMasterList(list).certificates.flatMap((raw) => {
      const parsed = tryParseCertificate(raw)
      return parsed.ok ? [parsed.value] : []
    })
    sample = full ? certificates : certificates.filter((_, index) => index % 5 === 0)
    stores.all = await createTrustStore({ masterLists: [{ bytes: list, anchor, source: 'de.ml' }] })
    const older = certificates.filter(({ notBefore, selfIssued }) => selfIssued && notBefore < '2018')
    const newer = certificates.filter(({ notBefore }) => notBefore >= '2018')
    stores.older = await createTrustStore({
      anchors: older.map(({ raw }) => ({ certificate: raw, source: 'older' })),
      certificates: newer.map(({ raw }) => ({ certificate: raw, source: 'newer' })),
    })
    stores.nobody = await createTrustStore()
  })

  it.each(['all', 'older', 'nobody'])('store of %s', async (name) => {
    const trust = stores[name] as TrustStore
    const wrong: string[] = []
    for (const [index, signer] of sample.entries()) {
      const profile = [undefined, defaultProfilePolicy, strictProfilePolicy][index % 3]
      const country = [undefined, signer.country, 'VNM'][index % 4]
      const options = {
        signer,
        trust,
        at: ['2026-06-01', '2016-01-01'][index % 2] as string,
        ...(profile && { profile }),
        ...(country !== undefined && { document: { country, type: index % 2 === 0 ? 'P' : 'ID' } }),
        ...(index % 5 === 0 && { revocation: { policy: index % 2 === 0 ? 'prefer' : 'require' } as const }),
      }
      const explanation = await explainChain(options)
      expect(explanation.result).toEqual(await verifyChain(options))
      wrong.push(...contradictions(explanation).map((text) => `${signer.subject.text}: ${text}`))
    }
    expect(sample.length).toBeGreaterThan(100)
    expect(wrong).toEqual([])
  })
})
