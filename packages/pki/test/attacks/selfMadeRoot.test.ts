import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { issue, testKey } from '../issuer.js'

it('a root that nobody trusts vouches for nothing, though it is at hand', async () => {
  const { csca } = await makeCountry()
  const rootKey = await testKey('attacker root')
  const root = { subject: 'C=XU, O=Attacker, CN=Own Root', key: rootKey }
  const signer = read(await issue({ subject: country.signer, key: await testKey('attacker'), issuer: root }))
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], certificates: [{ certificate: await issue(root) }] })
  const { checks, path } = await verifyChain({ signer, trust, at, document })
  expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
  expect(path).toHaveLength(1)
})
