import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { issue, testKey } from '../issuer.js'

const fake = { subject: country.csca, key: await testKey('fake csca') }

async function verdict(authorityKeyIdentifier: Uint8Array | 'none'): Promise<unknown> {
  const { csca } = await makeCountry()
  const signer = read(
    await issue({ subject: country.signer, key: await testKey('attacker'), issuer: fake, authorityKeyIdentifier }),
  )
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  return checkOf(await verifyChain({ signer, trust, at, document }), 'chain.csca')
}

it('the name and key identifier of a genuine CSCA over another key: failed', async () => {
  const { cscaKey } = await makeCountry()
  expect(await verdict(cscaKey.identifier)).toMatchObject({ status: 'failed', reason: 'signature-wrong' })
})

it('the name alone finds nobody', async () => {
  const unknown = { status: 'inconclusive', reason: 'no-trust-anchor', data: { anchorsWithThisName: 1 } }
  expect(await verdict(fake.key.identifier)).toMatchObject(unknown)
  expect(await verdict('none')).toMatchObject(unknown)
})

it('the genuine CSCA vouches for its signer beside another anchor with the same name and key identifier', async () => {
  const { csca, cscaKey, signer } = await makeCountry()
  const collision = await issue({ ...fake, keyIdentifier: cscaKey.identifier, authorityKeyIdentifier: cscaKey.identifier })
  const trust = await createTrustStore({ anchors: [{ certificate: collision }, { certificate: csca, source: 'genuine' }] })
  expect(checkOf(await verifyChain({ signer: read(signer), trust, at, document }), 'chain.csca')).toMatchObject({
    status: 'passed',
    data: { sources: ['genuine'], matched: 'key-identifier' },
  })
})
