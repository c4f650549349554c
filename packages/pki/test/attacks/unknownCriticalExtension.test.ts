import { checkOf } from '@cccd/core'
import { createTrustStore, parseCertificate, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, document, makeCountry, read } from '../demoCountry.js'
import { extension, sequence } from '../issuer.js'

const value = Uint8Array.of(5, 0)

it.each(['signer', 'csca'] as const)('a critical extension that nobody here understands refuses the %s', async (who) => {
  const verdict = async (critical: boolean): Promise<unknown> => {
    const { csca, signer } = await makeCountry({ [who]: { extensions: [extension('1.3.6.1.4.1.99999.1', value, critical)] } })
    const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
    return checkOf(await verifyChain({ signer: read(signer), trust, at, document }), 'chain.csca')
  }
  expect(await verdict(true)).toMatchObject({ status: 'failed', reason: 'critical-extension' })
  expect(await verdict(false)).toMatchObject({ status: 'passed' })
})

it('an extension that stands there twice is refused: two readers would see two certificates', async () => {
  const repeated = { extensions: [extension('2.5.29.19', sequence())] }
  const { csca, signer } = await makeCountry({ csca: repeated })
  expect(() => parseCertificate(csca).isCa).toThrow(expect.objectContaining({ code: 'PKI_BAD_CERTIFICATE' }))
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const failed = { status: 'failed', reason: 'certificate-malformed' }
  const result = await verifyChain({ signer: read(signer), trust, at, document })
  expect(checkOf(result, 'chain.csca')).toMatchObject(failed)
  expect(checkOf(result, 'chain.validity-now')).toMatchObject({ status: 'passed', data: { certificates: 1 } })
  const twice = await makeCountry({ signer: { extensions: [repeated.extensions, repeated.extensions].flat() } })
  const genuine = await createTrustStore({ anchors: [{ certificate: twice.csca }] })
  const { checks } = await verifyChain({ signer: read(twice.signer), trust: genuine, at, document })
  expect(checks.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'failed'])
})
