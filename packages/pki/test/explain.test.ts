import { createTrustStore, verifyChain } from '@cccd/pki'
import { drawChain, explainChain } from '@cccd/pki/explain'
import { describe, expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from './demoCountry.js'
import { issue, testKey } from './issuer.js'

const { csca, cscaKey, signer, signerKey } = await makeCountry()
const newKey = await testKey('new csca')
const link = await issue({ subject: country.csca, key: newKey, issuer: { subject: country.csca, key: cscaKey } })
const below = await issue({ subject: country.signer, key: signerKey, issuer: { subject: country.csca, key: newKey } })
const options = { language: 'en', at, signingTime: '2025-06-01T00:00:00Z' } as const

describe('explainChain', () => {
  it('names the certificates, the clauses and the source of the anchor', async () => {
    const trust = await createTrustStore({ anchors: [{ certificate: csca, source: 'utopia.der' }] })
    const found = explainChain(await verifyChain({ signer: read(signer), trust, at, document }))
    expect(found.path.map(({ role, sources, standsOn }) => [role, sources, standsOn])).toEqual([
      ['document-signer', [], 'next-certificate'],
      ['country-ca', ['utopia.der'], 'trust-store'],
    ])
    expect(found.checks.map(({ check, clause, certificates }) => [check.id, clause !== '', certificates.length])).toEqual([
      ['chain.csca', true, 2],
      ['chain.validity-at-signing', true, 2],
      ['chain.validity-now', true, 2],
      ['signer.pinned', true, 1],
    ])
    expect(structuredClone(found)).toEqual(found)
  })

  it('shows the link between, and says when nobody is known', async () => {
    const trust = await createTrustStore({ anchors: [{ certificate: csca, source: 'utopia.der' }] })
    const linked = explainChain(await verifyChain({ signer: read(below), trust, at, document, links: [read(link)] }))
    expect(linked.path.map(({ role }) => role)).toEqual(['document-signer', 'link', 'country-ca'])
    const alone = explainChain(await verifyChain({ signer: read(below), trust: await createTrustStore(), at, document }))
    expect(alone.path.map(({ standsOn }) => standsOn)).toEqual(['nobody-known'])
  })
})

describe('drawChain', () => {
  it.each(['vi', 'en'] as const)('draws every certificate once, closed and without script (%s)', async (language) => {
    const trust = await createTrustStore({ anchors: [{ certificate: csca, source: 'utopia.der' }] })
    const result = await verifyChain({ signer: read(below), trust, at, document, links: [read(link)] })
    const svg = drawChain(explainChain(result), { ...options, language })
    expect(svg.match(/CN=/g)).toHaveLength(3)
    expect(svg).toContain('utopia.der')
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length)
    expect(svg).not.toMatch(/NaN|undefined|<script|href/)
  })

  it('escapes names, draws an unreadable chain, and takes no times that are none', async () => {
    const hostile = await issue({ subject: 'C=XU, CN=</text><script>alert("1&2")</script>', key: signerKey })
    const result = await verifyChain({ signer: read(hostile), trust: await createTrustStore(), at, document })
    const svg = drawChain(explainChain(result), options)
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;')
    expect(drawChain({ path: [], checks: [] }, options)).toContain('No certificate could be read')
    expect(() => drawChain({ path: [], checks: [] }, { ...options, at: 'soon' })).toThrow(RangeError)
  })
})
