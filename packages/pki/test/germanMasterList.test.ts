import { inspectTrustMaterial } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'

describe.skipIf(sharedVectors === undefined)('German master list', () => {
  it('holds what is known of it, and every certificate is verified or named', async () => {
    const bytes = readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml')
    const anchor = readVector('masterlists', 'DE_ROOT_CA_CSCA07.cer')
    const found = await inspectTrustMaterial({ masterLists: [{ bytes, source: 'DE', anchor }], at: '2026-06-01' })
    expect(found.masterLists).toMatchObject([{ status: 'passed', anchoredBy: 'anchor', certificates: 588, findings: [] }])
    expect(found).toMatchObject({
      certificates: 588,
      selfIssued: 504,
      selfSigned: 375,
      sameNameLinks: 129,
      otherName: 84,
      verified: 576,
      verifiedBy: { itself: 375, keyIdentifier: 200, name: 1 },
      algorithmChanges: 13,
      unsupported: [],
      wrongSignatures: [],
      findings: [],
      scoped: [{ subject: expect.stringContaining('CN=CSCA ePassport Vietnam'), scopes: [{ documents: 'passport' }] }],
    })
    expect(found.withoutSigner).toHaveLength(12)
    expect(Object.keys(found.countries)).toHaveLength(112)
  })
})
