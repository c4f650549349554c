import { checkOf, encodeTlv, encodeUtf8 } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { type ChainDocument, certificateFingerprint, createTrustStore, type PinInput, verifyChain } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { extension, integer, issue, sequence, set, testKey } from '../issuer.js'

const { signer } = await makeCountry()
const good: PinInput = { certificate: signer, source: 'branch office', confirmedBy: ['operator 1', 'operator 2'] }

async function verdict(pins: readonly PinInput[], certificate = signer): Promise<unknown> {
  const trust = await createTrustStore({ pins })
  const result = await verifyChain({ signer: read(certificate), trust, at, document })
  expect(checkOf(result, 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
  return checkOf(result, 'signer.pinned')
}

describe('signer.pinned', () => {
  it('passes for the pinned certificate and leaves chain.csca as it is', async () => {
    expect(await verdict([good])).toMatchObject({ status: 'passed', data: { source: 'branch office', confirmedBy: 2 } })
    const fingerprint = certificateFingerprint({ raw: signer }, defaultCrypto())
      .toUpperCase()
      .replace(/(..)(?=.)/g, '$1:')
    expect(await verdict([{ fingerprint, source: 'x', confirmedBy: ['operator 1', 'operator 2'] }])).toMatchObject({
      status: 'passed',
    })
  })

  it('fails once withdrawn, also beside a pin that is not', async () => {
    expect(await verdict([good, { ...good, withdrawn: true }])).toMatchObject({ status: 'failed', reason: 'pin-withdrawn' })
  })

  it('is inconclusive for another certificate with the same names, unconfirmed, or out of its period', async () => {
    const notConfirmed = { status: 'inconclusive', reason: 'not-confirmed' }
    const hostile = await issue({
      subject: country.signer,
      key: await testKey('hostile'),
      issuer: { subject: country.csca, key: await testKey('hostile csca') },
    })
    expect(await verdict([good], hostile)).toMatchObject(notConfirmed)
    expect(await verdict([{ ...good, confirmedBy: [] }])).toMatchObject(notConfirmed)
    // One person never confirms alone, however the name is written.
    for (const other of ['an', 'An ', 'AN', ' a\u200bn', '\uff21n', '\u0430n', '\u0410N', '\u0391n', 'an\u{e0101}', 'a\u2800n'])
      expect(await verdict([{ ...good, confirmedBy: ['an', other] }]), other).toMatchObject(notConfirmed)
    // A name that nobody filled in confirms nothing.
    expect(await verdict([{ ...good, confirmedBy: ['', '  '] }])).toMatchObject(notConfirmed)
    expect(await verdict([{ ...good, from: '2026-01-02' }])).toMatchObject(notConfirmed)
    expect(await verdict([{ ...good, to: '2025-12-31' }])).toMatchObject(notConfirmed)
    expect(await verdict([{ ...good, from: '2026-01-01', to: '2026-01-01' }])).toMatchObject({ status: 'passed' })
  })

  it('fails for the document of another state, or of a type that the signer may not sign', async () => {
    const trust = await createTrustStore({ pins: [good] })
    const verify = async (about: ChainDocument, store = trust, certificate = signer): Promise<unknown> =>
      checkOf(await verifyChain({ signer: read(certificate), trust: store, at, document: about }), 'signer.pinned')
    expect(await verify({ country: 'VNM', type: 'ID' })).toMatchObject({ status: 'failed', reason: 'country-differs' })
    expect(await verify({ country: 'XU', type: 'ID' })).toMatchObject({ status: 'passed' })
    expect(await verify({})).toMatchObject({ status: 'passed' })
    const types = extension('2.23.136.1.1.6.2', sequence(integer(0), set(encodeTlv(0x13, encodeUtf8('ID')))))
    const { signer: limited } = await makeCountry({ signer: { extensions: [types] } })
    const store = await createTrustStore({ pins: [{ ...good, certificate: limited }] })
    expect(await verify({ country: 'XU', type: 'P' }, store, limited)).toMatchObject({
      status: 'failed',
      reason: 'document-type',
    })
    expect(await verify({ country: 'XU', type: 'ID' }, store, limited)).toMatchObject({ status: 'passed' })
  })

  it.each([
    ['no certificate', { source: 'x', confirmedBy: [] }],
    ['a short fingerprint', { fingerprint: 'ab', source: 'x', confirmedBy: [] }],
    ['a fingerprint of another certificate', { ...good, fingerprint: '00'.repeat(32) }],
    ['a day that does not exist', { ...good, from: '2026-13-01' }],
    ['an end before its beginning', { ...good, from: '2026-01-02', to: '2026-01-01' }],
  ])('refuses a pin with %s', async (_, pin) => {
    await expect(createTrustStore({ pins: [pin] })).rejects.toMatchObject({ code: 'PKI_BAD_PIN' })
  })
})
