import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { issue, testKey } from '../issuer.js'

const selfMade = read(await issue({ subject: country.signer, key: await testKey('attacker'), ca: false }))

it('a signer that signed itself is its own chain and passes nothing', async () => {
  const { csca } = await makeCountry()
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], certificates: [{ certificate: selfMade.raw }] })
  const { checks } = await verifyChain({ signer: selfMade, trust, at, document })
  expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
})

it('a signer among the anchors is no CA and vouches for nobody, itself included', async () => {
  const trust = await createTrustStore({ anchors: [{ certificate: selfMade.raw }] })
  const { checks } = await verifyChain({ signer: selfMade, trust, at, document })
  expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'failed', reason: 'not-a-ca' })
})
