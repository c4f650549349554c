import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from './demoCountry.js'
import { type CertificateRequest, extension, integer, issue, sequence, set, testKey } from './issuer.js'

const cscaKey = await testKey('csca')
const csca = await issue({ subject: country.csca, key: cscaKey })
const underCsca = { subject: country.csca, key: cscaKey }

/** `chain.csca`, and what is said besides. */
async function outcome(signer: Uint8Array, anchor = csca, certificates: readonly Uint8Array[] = []): Promise<string[]> {
  const trust = await createTrustStore({
    anchors: [{ certificate: anchor }],
    certificates: certificates.map((certificate) => ({ certificate })),
  })
  const { checks, findings } = await verifyChain({ signer: read(signer), trust, at, document })
  return [checks[0]?.status ?? 'none', ...findings.map(({ code, field }) => `${code}: ${field}`)]
}

const signerWith = async (more: Partial<CertificateRequest>): Promise<Uint8Array> =>
  issue({ subject: country.signer, key: await testKey('signer'), issuer: underCsca, ...more })

it('a right chain gives rise to no doubt', async () => {
  const made = await makeCountry()
  expect(await outcome(made.signer, made.csca)).toEqual(['passed'])
})

it('an issuer under another name, found by its key identifier', async () => {
  const signer = await signerWith({ issuer: { subject: 'C=XU, O=Utopia, CN=Another', key: cscaKey } })
  expect(await outcome(signer)).toEqual(['passed', 'issuer-name-differs: signer'])
})

it('an issuer under another key identifier, found by its name', async () => {
  const signer = await signerWith({ authorityKeyIdentifier: new Uint8Array(20).fill(7) })
  expect(await outcome(signer)).toEqual(['passed', 'authority-key-identifier-differs: signer'])
  expect(await outcome(await signerWith({ authorityKeyIdentifier: 'none' }))).toEqual(['passed'])
})

it('a signer that is an authority as well', async () => {
  const signer = await signerWith({ ca: true, keyUsage: Uint8Array.of(1, 0x86) })
  expect(await outcome(signer)).toEqual(['passed', 'signer-is-ca: signer'])
})

it('a document type that only its first letter covers', async () => {
  const listed = (type: string) => extension('2.23.136.1.1.6.2', sequence(integer(0), set(encodeTlv(0x13, encodeUtf8(type)))))
  const signer = await signerWith({ extensions: [listed('P')] })
  expect(await outcome(signer)).toEqual(['passed'])
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const { findings } = await verifyChain({ signer: read(signer), trust, at, document: { ...document, type: 'PM' } })
  expect(findings.map(({ code }) => code)).toEqual(['document-type-not-listed'])
})

it('a link that changes the name and does not say so', async () => {
  const newer = { subject: 'C=XU, O=Utopia, CN=New CSCA', key: await testKey('newer') }
  const link = await issue({ ...newer, ca: true, issuer: underCsca })
  const signer = await signerWith({ issuer: newer })
  expect(await outcome(signer, csca, [link])).toEqual(['passed', 'link-without-name-change: link'])
})

it('an anchor of which nobody knows who signed it', async () => {
  const root = { subject: 'C=XU, O=Utopia, CN=Root', key: await testKey('root') }
  const anchor = await issue({ subject: country.csca, key: cscaKey, ca: true, issuer: root })
  expect(await outcome(await signerWith({}), anchor)).toEqual(['passed', 'anchor-without-signer: csca'])
})
