import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBase64 } from '@cccd/core'
import { createTrustStore, inspectTrustMaterial, parsePem } from '@cccd/pki'
import { loadTrustMaterial } from '@cccd/pki/node'
import { compileTrustStore, readTrustFile } from '@cccd/pki/trust'
import { afterAll, describe, expect, it } from 'vitest'
import { readVector, sharedVectors, vectorPath } from '../../../test-vectors/shared.js'
import { country, makeCountry } from './demoCountry.js'
import { issue, testKey } from './issuer.js'

const folder = mkdtempSync(join(tmpdir(), 'cccd-pki-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { csca, signer } = await makeCountry()
const pem = (der: Uint8Array, eol = '\n'): string =>
  ['-----BEGIN CERTIFICATE-----', ...(encodeBase64(der).match(/.{1,64}/g) ?? []), '-----END CERTIFICATE-----', ''].join(eol)

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('loadTrustMaterial', () => {
  it('reads DER, PEM with several certificates and text between them, and both line ends', async () => {
    const der = file('csca.crt', csca)
    const bundle = file('bundle.pem', `Utopia\n${pem(csca)}\nanother\r\n${pem(signer, '\r\n')}`)
    const { anchors, certificates, masterLists, skipped } = await loadTrustMaterial([der, bundle])
    expect([...anchors, ...certificates].map(({ source, certificate }) => [source, certificate.length])).toEqual([
      ['csca.crt', csca.length],
      ['bundle.pem', csca.length],
      ['bundle.pem', signer.length],
    ])
    expect([masterLists, skipped]).toEqual([[], []])
    const trust = await createTrustStore({ anchors, certificates })
    expect([trust.size, trust.certificates.map(({ sources }) => sources)]).toEqual([1, [['bundle.pem']]])
    expect(trust.anchors[0]?.sources).toEqual(['csca.crt', 'bundle.pem'])
  })

  it('takes every authority of a file for anchors for an anchor, and a file without one for a mistake', async () => {
    const link = await issue({
      subject: country.csca,
      key: await testKey('newer'),
      ca: true,
      issuer: { subject: 'C=XU, O=Utopia, CN=Root of Utopia', key: await testKey('root') },
    })
    const path = file('under-a-root.pem', `${pem(link)}${pem(signer)}`)
    expect(await loadTrustMaterial([path])).toMatchObject({ anchors: [], certificates: [{}, {}] })
    const { anchors, certificates } = await loadTrustMaterial([], { anchors: [path] })
    expect([anchors.map(({ certificate }) => certificate), certificates.map(({ certificate }) => certificate)]).toEqual([
      [link],
      [signer],
    ])
    const useless = loadTrustMaterial([], { anchors: [file('signer.der', signer)] })
    await expect(useless).rejects.toMatchObject({ code: 'PKI_NO_TRUST_MATERIAL' })
  })

  it('walks directories in order and names what it skipped', async () => {
    const inner = join(folder, 'store', 'inner')
    mkdirSync(inner, { recursive: true })
    writeFileSync(join(folder, 'store', 'b.der'), csca)
    writeFileSync(join(inner, 'a.pem'), pem(signer))
    writeFileSync(join(folder, 'store', 'README.txt'), 'nothing')
    writeFileSync(join(folder, 'store', 'broken.pem'), '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----')
    symlinkSync(join(folder, 'store'), join(inner, 'loop'))
    const { anchors, certificates, skipped } = await loadTrustMaterial([join(folder, 'store')])
    expect([...anchors, ...certificates].map(({ source }) => source)).toEqual(['b.der', 'a.pem'])
    expect(skipped).toEqual(['README.txt', 'broken.pem'])
  })

  it('keeps when each source was loaded, through a compiled store and back, and what became of the lists in it', async () => {
    const paths = [file('a.der', csca), file('b.der', signer)]
    const first = await loadTrustMaterial(paths, { clock: () => Date.parse('2026-03-01T08:00:00Z') })
    const verifiedLists = [
      { status: 'passed', source: 'ML', certificates: 1, findings: [], signingTime: '2026-02-01T00:00:00Z' } as const,
    ]
    const compiled = file('trust.cccd', compileTrustStore(await createTrustStore({ ...first, verifiedLists })))
    const again = await loadTrustMaterial([compiled, file('c.der', csca)], { clock: () => Date.parse('2026-12-01T08:00:00Z') })
    const found = await inspectTrustMaterial({ ...again, at: '2026-12-01T12:00:00Z' })
    expect(found.masterLists).toEqual(verifiedLists)
    expect(found.sources).toEqual([
      { name: 'a.der', loadedAt: '2026-03-01T08:00:00.000Z', daysSinceLoaded: 275 },
      { name: 'b.der', loadedAt: '2026-03-01T08:00:00.000Z', daysSinceLoaded: 275 },
      { name: 'ML', signedAt: '2026-02-01T00:00:00Z', daysSinceSigned: 303 },
      { name: 'c.der', loadedAt: '2026-12-01T08:00:00.000Z', daysSinceLoaded: 0 },
    ])
    expect(found.findings.map(({ code, field }) => [code, field])).toEqual([
      ['trust-source-old', 'a.der'],
      ['trust-source-old', 'b.der'],
      ['master-list-old', 'ML'],
    ])
    expect([found.anchors, found.certificates, found.verified]).toEqual([1, 2, 2])
    expect((await loadTrustMaterial(paths)).sources).toEqual([{ name: 'a.der' }, { name: 'b.der' }])
  })

  it('says what is wrong with a path that was named', async () => {
    await expect(loadTrustMaterial([join(folder, 'absent')])).rejects.toMatchObject({ code: 'PKI_PATH_UNREADABLE' })
    await expect(loadTrustMaterial([file('note.txt', 'nothing')])).rejects.toMatchObject({ code: 'PKI_NO_TRUST_MATERIAL' })
    await expect(loadTrustMaterial([file('cut.pem', pem(csca).slice(0, -10))])).rejects.toMatchObject({ code: 'PKI_BAD_PEM' })
    mkdirSync(join(folder, 'empty'))
    await expect(loadTrustMaterial([join(folder, 'empty')])).rejects.toMatchObject({ code: 'PKI_NO_TRUST_MATERIAL' })
  })

  it.skipIf(sharedVectors === undefined)('tells master lists from certificates by content', async () => {
    const found = await loadTrustMaterial([vectorPath('masterlists')])
    expect(found.masterLists.map(({ source }) => source)).toEqual([
      'DE_ML_2026-05-28-08-28-45.ml',
      'IT_MasterListCSCA_2023-07-31.ml',
    ])
    expect(found.anchors.map(({ source }) => source)).toEqual([
      'DE_ROOT_CA_CSCA07.cer',
      'VN_CSCA_ePassport_2022.der',
      'VN_CSCA_ePassport_2022.pem',
    ])
    const trust = await createTrustStore(found)
    expect(trust.masterLists.map(({ status, anchoredBy }) => [status, anchoredBy])).toEqual([
      ['passed', 'anchor'],
      ['passed', 'itself'],
    ])
    const list = `-----BEGIN CMS-----\n${encodeBase64(readVector('masterlists', 'IT_MasterListCSCA_2023-07-31.ml'))}\n-----END CMS-----`
    expect(readTrustFile(new TextEncoder().encode(list), 'it.pem').masterLists).toHaveLength(1)
  })
})

describe('parsePem', () => {
  it('keeps labels and order', () => {
    expect(
      parsePem(`${pem(csca)}-----BEGIN X-----\nAA==\n-----END X-----`).map(({ label, bytes }) => [label, bytes.length]),
    ).toEqual([
      ['CERTIFICATE', csca.length],
      ['X', 1],
    ])
    expect(parsePem('no block at all')).toEqual([])
  })

  it.each([
    '-----BEGIN X-----\nAA==',
    '-----BEGIN X-----\nAA==\n-----END Y-----',
    '-----BEGIN X',
    '-----BEGIN X-----\n?\n-----END X-----',
  ])('refuses %j', (text) => {
    expect(() => parsePem(text)).toThrow(expect.objectContaining({ code: 'PKI_BAD_PEM' }))
  })
})
