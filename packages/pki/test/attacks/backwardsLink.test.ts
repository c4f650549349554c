import { checkOf } from '@cccd/core'
import { type ChainResult, createTrustStore, demoExtensionOid, type TrustMaterial, verifyChain } from '@cccd/pki'
import { compileTrustStore, loadTrustStore, readTrustFile } from '@cccd/pki/trust'
import { describe, expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { extension, issue, testKey } from '../issuer.js'

const { csca, cscaKey, signer } = await makeCountry()
const old = { subject: country.csca, key: await testKey('old csca') }
const oldCsca = await issue(old)
const link = await issue({ subject: country.csca, key: cscaKey, issuer: old, ca: true })
const underOldKey = await issue({ subject: country.signer, key: await testKey('signer'), issuer: old })
const unknown = { status: 'inconclusive', reason: 'no-trust-anchor' }

async function chainOf(leaf: Uint8Array, material: TrustMaterial): Promise<ChainResult> {
  return verifyChain({ signer: read(leaf), trust: await createTrustStore(material), at, document })
}

async function verdict(leaf: Uint8Array, material: TrustMaterial) {
  return checkOf(await chainOf(leaf, material), 'chain.csca')
}

it('an attacker who signs a certificate over the genuine new key does not become the old CSCA', async () => {
  const attacker = { subject: country.csca, key: await testKey('attacker') }
  const backwards = await issue({ subject: country.csca, key: cscaKey, issuer: attacker, ca: true })
  const leaf = await issue({ subject: country.signer, key: await testKey('signer'), issuer: attacker })
  const certificates = [{ certificate: backwards }, { certificate: await issue(attacker) }]
  expect(await verdict(leaf, { anchors: [{ certificate: csca }], certificates })).toMatchObject(unknown)
})

it('a genuine link leads forward: the old anchor vouches for the new key', async () => {
  const anchors = [{ certificate: oldCsca, source: 'old.der' }]
  const { checks, path, sources } = await chainOf(signer, { anchors, certificates: [{ certificate: link, source: 'pkd.ldif' }] })
  expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'passed', data: { links: 1 } })
  expect([path.length, sources.map(({ name }) => name)]).toEqual([3, ['old.der', 'pkd.ldif']])
})

it('and not back: with the new anchor only, a signer under the old key is unknown', async () => {
  const certificates = [{ certificate: link }, { certificate: oldCsca }]
  expect(await verdict(underOldKey, { anchors: [{ certificate: csca }], certificates })).toMatchObject(unknown)
})

describe('a link that nobody vouches for', () => {
  it('is no anchor: alone, twice, or beside a country CA that did not sign it', async () => {
    const other = await issue({ subject: 'C=XU, CN=Other', key: await testKey('other') })
    for (const anchors of [[], [{ certificate: other }]]) {
      const store = await createTrustStore({ anchors, certificates: [{ certificate: link }, { certificate: link }] })
      expect([store.size, store.certificates.length]).toEqual([anchors.length, 1])
      expect(store.anchors.map(({ raw }) => raw)).not.toContainEqual(link)
      expect(await verdict(signer, { anchors, certificates: [{ certificate: link }] })).toMatchObject(unknown)
    }
  })

  it('is no anchor after the store was compiled and loaded', async () => {
    const loaded = await loadTrustStore(compileTrustStore(await createTrustStore({ certificates: [{ certificate: link }] })))
    expect([loaded.size, loaded.certificates.length]).toEqual([0, 1])
    expect(checkOf(await verifyChain({ signer: read(signer), trust: loaded, at, document }), 'chain.csca')).toMatchObject(unknown)
  })

  it('is read as no anchor out of any file that nobody signed, and neither is one to another name', async () => {
    const renamed = await issue({ subject: 'C=XU, CN=CSCA Utopia 2', key: cscaKey, issuer: old, ca: true })
    for (const certificate of [link, renamed]) {
      const { anchors, certificates } = readTrustFile(certificate, 'link.der')
      expect([anchors, certificates]).toEqual([[], [{ certificate, source: 'link.der' }]])
    }
    expect(readTrustFile(csca, 'csca.der').anchors).toHaveLength(1)
  })

  it('vouches for nobody when it hides that it is one, not even as an anchor', async () => {
    const hidden = await issue({ subject: country.csca, key: cscaKey, issuer: old, ca: true, authorityKeyIdentifier: 'none' })
    const { anchors } = readTrustFile(hidden, 'hidden.der')
    expect(await verdict(signer, { anchors })).toMatchObject({ status: 'failed', reason: 'anchor-wrong' })
  })

  it('changes the digest of the store, and what is an anchor already is not kept a second time', async () => {
    const anchors = [{ certificate: oldCsca }]
    const without = await createTrustStore({ anchors })
    const withLink = await createTrustStore({ anchors, certificates: [{ certificate: link }] })
    const twice = await createTrustStore({ anchors, certificates: [{ certificate: oldCsca, source: 'pkd.ldif' }] })
    expect(withLink.digest).not.toBe(without.digest)
    expect([twice.digest, twice.certificates, twice.anchors[0]?.sources]).toEqual([without.digest, [], []])
  })

  it('of DEMO is refused on the path of a production store', async () => {
    const demo = await issue({
      subject: country.csca,
      key: cscaKey,
      issuer: old,
      ca: true,
      extensions: [extension(demoExtensionOid, Uint8Array.of(5, 0), true)],
    })
    const certificates = [{ certificate: demo }]
    expect(await verdict(signer, { anchors: [{ certificate: oldCsca }], certificates })).toMatchObject({
      status: 'failed',
      reason: 'demo-certificate',
    })
  })
})

it('a link in the store leads on to the anchor that signed it, and one with a forged signature is refused', async () => {
  const forged = await issue({
    subject: country.csca,
    key: cscaKey,
    issuer: { subject: country.csca, key: await testKey('attacker') },
    ca: true,
    authorityKeyIdentifier: old.key.identifier,
  })
  const anchor = { certificate: oldCsca }
  const result = await chainOf(signer, { anchors: [anchor, { certificate: link }] })
  expect(checkOf(result, 'chain.csca')).toMatchObject({ status: 'passed', data: { links: 1 } })
  expect(result.path).toHaveLength(3)
  const wrong = { status: 'failed', reason: 'anchor-wrong' }
  expect(await verdict(signer, { anchors: [anchor, { certificate: forged }] })).toMatchObject(wrong)
})
