import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { issue, testKey } from '../issuer.js'

const oldKey = await testKey('old csca')
const old = { subject: country.csca, key: oldKey }

it('an attacker who signs a certificate over the genuine new key does not become the old CSCA', async () => {
  const { csca, cscaKey } = await makeCountry()
  const attacker = { subject: country.csca, key: await testKey('attacker') }
  const backwards = read(await issue({ subject: country.csca, key: cscaKey, issuer: attacker, ca: true }))
  const signer = read(await issue({ subject: country.signer, key: await testKey('signer'), issuer: attacker }))
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const links = [backwards, read(await issue(attacker))]
  const expected = { status: 'inconclusive', reason: 'no-trust-anchor' }
  expect(checkOf(await verifyChain({ signer, trust, at, document, links }), 'chain.csca')).toMatchObject(expected)
})

it('a genuine link leads forward: the old anchor vouches for the new key', async () => {
  const { cscaKey, signer } = await makeCountry()
  const link = read(await issue({ subject: country.csca, key: cscaKey, issuer: old, ca: true }))
  const trust = await createTrustStore({ anchors: [{ certificate: await issue(old) }] })
  const { checks, path } = await verifyChain({ signer: read(signer), trust, at, document, links: [link] })
  expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'passed', data: { links: 1 } })
  expect(path).toHaveLength(3)
})

it('and not back: with the new anchor only, a signer under the old key is unknown', async () => {
  const { csca, cscaKey } = await makeCountry()
  const link = read(await issue({ subject: country.csca, key: cscaKey, issuer: old, ca: true }))
  const signer = read(await issue({ subject: country.signer, key: await testKey('signer'), issuer: old }))
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const { checks } = await verifyChain({ signer, trust, at, document, links: [link, read(await issue(old))] })
  expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
})

it('a link in the store leads on to the anchor that signed it, and one with a forged signature is refused', async () => {
  const { cscaKey, signer } = await makeCountry()
  const genuine = await issue({ subject: country.csca, key: cscaKey, issuer: old, ca: true })
  const forged = await issue({
    subject: country.csca,
    key: cscaKey,
    issuer: { subject: country.csca, key: await testKey('attacker') },
    ca: true,
    authorityKeyIdentifier: oldKey.identifier,
  })
  const anchor = { certificate: await issue(old) }
  const good = await createTrustStore({ anchors: [anchor, { certificate: genuine }] })
  const bad = await createTrustStore({ anchors: [anchor, { certificate: forged }] })
  const result = await verifyChain({ signer: read(signer), trust: good, at, document })
  expect(checkOf(result, 'chain.csca')).toMatchObject({ status: 'passed', data: { links: 1 } })
  expect(result.path).toHaveLength(3)
  expect(checkOf(await verifyChain({ signer: read(signer), trust: bad, at, document }), 'chain.csca')).toMatchObject({
    status: 'failed',
    reason: 'anchor-wrong',
  })
})
