import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, document, makeCountry, read } from '../demoCountry.js'

it('no anchors, no pins: nothing about the issuer passes', async () => {
  const trust = await createTrustStore()
  expect(trust.size).toBe(0)
  const { checks } = await verifyChain({ signer: read((await makeCountry()).signer), trust, at, document })
  expect(checkOf({ checks }, 'chain.csca')).toEqual({ id: 'chain.csca', status: 'inconclusive', reason: 'no-trust-anchor' })
  expect(checkOf({ checks }, 'signer.pinned')).toEqual({ id: 'signer.pinned', status: 'not-performed', reason: 'none-given' })
  expect(checkOf({ checks }, 'chain.validity-at-signing')).toMatchObject({ status: 'inconclusive', reason: 'no-signing-time' })
})
