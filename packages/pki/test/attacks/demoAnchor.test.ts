import { checkOf } from '@cccd/core'
import { createTrustStore, demoExtensionOid, verifyChain } from '@cccd/pki'
import { compileTrustStore, loadTrustStore } from '@cccd/pki/trust'
import { expect, it } from 'vitest'
import { at, document, makeCountry, read } from '../demoCountry.js'
import { extension } from '../issuer.js'

const extensions = [extension(demoExtensionOid, Uint8Array.of(5, 0), true)]
const failed = { status: 'failed', reason: 'demo-certificate' }

it('a production store takes no DEMO anchor', async () => {
  const { csca } = await makeCountry({ csca: { extensions } })
  await expect(createTrustStore({ anchors: [{ certificate: csca }] })).rejects.toMatchObject({ code: 'PKI_DEMO_REFUSED' })
})

it('what a configuration says in words allows nothing', async () => {
  const { csca } = await makeCountry({ csca: { extensions } })
  const options: { allowDemo: true } = JSON.parse('{"allowDemo":"false"}')
  const anchors = [{ certificate: csca }]
  await expect(createTrustStore({ anchors, ...options })).rejects.toMatchObject({ code: 'PKI_DEMO_REFUSED' })
  const compiled = compileTrustStore(await createTrustStore({ anchors, allowDemo: true }))
  await expect(loadTrustStore(compiled, options)).rejects.toMatchObject({ code: 'PKI_DEMO_REFUSED' })
})

it('a DEMO signer fails in a production store under a genuine CSCA, and pinned', async () => {
  const { csca, signer } = await makeCountry({ signer: { extensions } })
  const pins = [{ certificate: signer, source: 'test', confirmedBy: ['a', 'b'] }]
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], pins })
  const result = await verifyChain({ signer: read(signer), trust, at, document })
  expect(checkOf(result, 'chain.csca')).toMatchObject(failed)
  expect(checkOf(result, 'signer.pinned')).toMatchObject(failed)
})

it('a store for tests takes both', async () => {
  const { csca, signer } = await makeCountry({ csca: { extensions }, signer: { extensions } })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], allowDemo: true })
  expect(checkOf(await verifyChain({ signer: read(signer), trust, at, document }), 'chain.csca')).toMatchObject({
    status: 'passed',
  })
})

it('a DEMO signer that does not say so critically, or in its name, is one all the same', async () => {
  const { csca, signer } = await makeCountry({ signer: { extensions: [extension(demoExtensionOid, Uint8Array.of(5, 0))] } })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  expect(checkOf(await verifyChain({ signer: read(signer), trust, at, document }), 'chain.csca')).toMatchObject(failed)
  const quiet = await makeCountry({ csca: { extensions: [extension(demoExtensionOid, Uint8Array.of(5, 0))] } })
  await expect(createTrustStore({ anchors: [{ certificate: quiet.csca }] })).rejects.toMatchObject({ code: 'PKI_DEMO_REFUSED' })
})
