import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { issue, testKey } from '../issuer.js'

it('a root that comes with the document vouches for nothing', async () => {
  const { csca } = await makeCountry()
  const rootKey = await testKey('attacker root')
  const root = { subject: 'C=XU, O=Attacker, CN=Own Root', key: rootKey }
  const signer = read(await issue({ subject: country.signer, key: await testKey('attacker'), issuer: root }))
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const { checks, path } = await verifyChain({ signer, trust, at, document, links: [read(await issue(root))] })
  expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
  expect(path).toHaveLength(1)
})
