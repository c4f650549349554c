import { inspectTrustMaterial } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'

describe.skipIf(sharedVectors === undefined)('every certificate of the German list', () => {
  it('has the same verdict on every backend', async () => {
    const masterLists = [{ bytes: readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml') }]
    const found = await Promise.all(backends.map(({ crypto }) => inspectTrustMaterial({ masterLists, at: '2026-06-01', crypto })))
    expect(found[1]).toEqual(found[0])
    expect(found[0]).toMatchObject({ certificates: 588, verified: 576, unsupported: [], wrongSignatures: [] })
  })
})
