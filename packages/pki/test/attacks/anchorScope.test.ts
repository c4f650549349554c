import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, document, makeCountry, read } from '../demoCountry.js'

const passportCa = 'C=VN, O=Vietnam Government Information Security Commission, CN=CSCA ePassport Vietnam'

async function verdict(type: string | undefined): Promise<unknown> {
  const { cscaKey } = await makeCountry()
  const { csca, signer } = await makeCountry({
    csca: { subject: passportCa },
    signer: { subject: 'C=VN, CN=Signer', issuer: { subject: passportCa, key: cscaKey } },
  })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const described = { country: 'VNM', ...(type !== undefined && { type }) }
  return checkOf(await verifyChain({ signer: read(signer), trust, at, document: described }), 'chain.csca')
}

it('the Vietnamese passport CSCA does not vouch for an identity card, nor for a document of unknown kind', async () => {
  expect(await verdict('P')).toMatchObject({ status: 'passed' })
  for (const type of ['ID', 'I', 'X', undefined])
    expect(await verdict(type)).toMatchObject({ status: 'inconclusive', reason: 'anchor-scope' })
})

it('a scope that the operator gives holds, and stays when another source gives none', async () => {
  const { csca, signer } = await makeCountry()
  const scoped = { certificate: csca, scope: { documents: ['identity-card', 'visa'] as const } }
  const trust = await createTrustStore({ anchors: [scoped, { certificate: csca }] })
  const check = async (type: string): Promise<unknown> =>
    checkOf(await verifyChain({ signer: read(signer), trust, at, document: { ...document, type } }), 'chain.csca')
  expect(await check('P')).toMatchObject({ status: 'inconclusive', reason: 'anchor-scope' })
  expect(await check('AC')).toMatchObject({ status: 'passed' })
  expect(await check('V')).toMatchObject({ status: 'passed' })
})
