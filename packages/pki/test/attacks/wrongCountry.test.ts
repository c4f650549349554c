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

it.each<[string, string, string, string]>([
  ['the one letter of Germany', 'C=DE', 'D<<', 'passed'],
  ['three letters in a certificate', 'C=LTU', 'LTU', 'passed'],
  ['Kosovo', 'C=KS', 'RKS', 'passed'],
  ['the United Nations', 'C=UN', 'UNO', 'passed'],
  ['the European Union', 'C=EU', 'EUE', 'passed'],
  ['a British passport that is not of the kingdom', 'C=GB', 'GBD', 'passed'],
  ['the Order of Malta, which is not Malta', 'C=XO', 'MLT', 'failed'],
  ['the letters that people use for the United Kingdom', 'C=UK', 'GBR', 'failed'],
  ['full-width letters', 'C=ＶＮ', 'VNM', 'failed'],
  ['Cyrillic letters', 'C=ХU', 'XU', 'failed'],
  ['a letter that does not show', 'C=VN\u200b', 'VNM', 'failed'],
  ['two letters of which one state begins with the other', 'C=V', 'VNM', 'failed'],
  ['nothing but fillers against no letters', 'C=XU', '<<<', 'failed'],
  ['a second country behind the first', 'C=XV, C=VN', 'VNM', 'failed'],
])('%s: %s, %s: %s', async (_, prefix, code, expected) => {
  const subject = `${prefix}, CN=CSCA`
  const { cscaKey } = await makeCountry()
  const { csca, signer } = await makeCountry({
    csca: { subject },
    signer: { subject: `${prefix}, CN=Signer`, issuer: { subject, key: cscaKey } },
  })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const result = await verifyChain({ signer: read(signer), trust, at, document: { country: code, type: 'P' } })
  expect(checkOf(result, 'chain.csca').status).toBe(expected)
})
