import { createTrustStore, demoExtensionOid } from '@cccd/pki'
import { compileTrustStore, loadTrustStore } from '@cccd/pki/trust'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'
import { country, makeCountry } from './demoCountry.js'
import { extension, issue, testKey } from './issuer.js'

const { csca, cscaKey, signer } = await makeCountry()
const older = { subject: country.csca, key: await testKey('older') }
const link = await issue({ subject: country.csca, key: cscaKey, issuer: older, ca: true })
const store = await createTrustStore({
  anchors: [
    { certificate: csca, source: 'one.der', scope: { documents: 'passport' } },
    { certificate: csca, source: 'two.pem' },
    { certificate: signer },
  ],
  certificates: [{ certificate: link, source: 'pkd.ldif' }, { certificate: signer }],
  sources: [{ name: 'pkd.ldif', loadedAt: '2026-03-01T08:00:00.000Z' }],
})
const compiled = compileTrustStore(store)

describe('a compiled trust store', () => {
  it.each(backends)('keeps certificates, sources, scopes and the digest ($name)', async ({ crypto }) => {
    const loaded = await loadTrustStore(compiled, { crypto })
    expect(loaded.digest).toBe(store.digest)
    expect(loaded.anchors.map(({ sources, scopes }) => [sources, scopes])).toEqual([
      [['one.der', 'two.pem'], [{ documents: ['passport'] }]],
      [[], []],
    ])
    expect(loaded.certificates.map(({ raw, sources }) => [raw, sources])).toEqual([[link, ['pkd.ldif']]])
    expect(loaded.sources).toEqual([
      { name: 'pkd.ldif', loadedAt: '2026-03-01T08:00:00.000Z' },
      { name: 'one.der' },
      { name: 'two.pem' },
    ])
  })

  it('of another version is refused, and said so', async () => {
    for (const version of [1, 3]) {
      const other = compiled.slice()
      other[8] = version
      await expect(loadTrustStore(other)).rejects.toMatchObject({
        code: 'PKI_BAD_TRUST_STORE',
        params: { version, supported: 2 },
      })
    }
  })

  it('refuses every changed byte, every cut and every appended byte', async () => {
    const refused = (bytes: Uint8Array): Promise<void> =>
      expect(loadTrustStore(bytes)).rejects.toMatchObject({ code: 'PKI_BAD_TRUST_STORE' })
    for (let at = 0; at < compiled.length; at += 7) {
      const changed = compiled.slice()
      changed[at] = (changed[at] as number) ^ 1
      await refused(changed)
      await refused(compiled.subarray(0, at))
    }
    await refused(new Uint8Array([...compiled, 0]))
  })

  it('brings no pins and no DEMO anchor into a production store', async () => {
    const demo = await makeCountry({ csca: { extensions: [extension(demoExtensionOid, Uint8Array.of(5, 0), true)] } })
    const trust = await createTrustStore({
      anchors: [{ certificate: demo.csca }],
      pins: [{ certificate: signer, source: 'x', confirmedBy: ['a', 'b'] }],
      allowDemo: true,
    })
    const bytes = compileTrustStore(trust)
    await expect(loadTrustStore(bytes)).rejects.toMatchObject({ code: 'PKI_DEMO_REFUSED' })
    expect((await loadTrustStore(bytes, { allowDemo: true })).pins).toEqual([])
  })

  it.skipIf(sharedVectors === undefined)('holds the German list with what became of its signature', async () => {
    const german = await createTrustStore({
      masterLists: [{ bytes: readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml'), source: 'DE_ML' }],
    })
    const loaded = await loadTrustStore(compileTrustStore(german))
    expect(loaded.digest).toBe(german.digest)
    expect(loaded.masterLists).toEqual(german.masterLists)
    expect([loaded.size, loaded.anchors[0]?.sources]).toEqual([588, ['DE_ML']])
  })
})
