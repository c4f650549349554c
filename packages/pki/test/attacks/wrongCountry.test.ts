import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, makeCountry, read } from '../demoCountry.js'

const failed = { status: 'failed', reason: 'country-differs' }

it('a signer of another country than its CSCA', async () => {
  const { csca, signer } = await makeCountry({ signer: { subject: 'C=XV, CN=Document Signer' } })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  expect(checkOf(await verifyChain({ signer: read(signer), trust, at }), 'chain.csca')).toMatchObject(failed)
})

it('a document of another country than its signer', async () => {
  const { csca, signer } = await makeCountry()
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const verdict = async (code: string): Promise<unknown> =>
    checkOf(await verifyChain({ signer: read(signer), trust, at, document: { country: code, type: 'P' } }), 'chain.csca')
  expect(await verdict('VNM')).toMatchObject(failed)
  expect(await verdict('XU')).toMatchObject({ status: 'passed' })
})

it('three letters of an MRZ and two of a certificate are the same state, in either case', async () => {
  const vietnam = 'C=vn, CN=CSCA'
  const { csca, signer } = await makeCountry({
    csca: { subject: vietnam },
    signer: { subject: 'C=VN, CN=Signer', issuer: { subject: vietnam, key: (await makeCountry()).cscaKey } },
  })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const result = await verifyChain({ signer: read(signer), trust, at, document: { country: 'VNM', type: 'ID' } })
  expect(checkOf(result, 'chain.csca')).toMatchObject({ status: 'passed' })
})

it('a CSCA that names no country vouches for no document that names one', async () => {
  const nameless = 'O=Utopia, CN=CSCA'
  const { csca, signer } = await makeCountry({
    csca: { subject: nameless },
    signer: { subject: 'O=Utopia, CN=Signer', issuer: { subject: nameless, key: (await makeCountry()).cscaKey } },
  })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const result = await verifyChain({
    signer: read(signer),
    trust,
    at,
    document: { country: country.csca.slice(2, 4), type: 'P' },
  })
  expect(checkOf(result, 'chain.csca')).toMatchObject(failed)
})
