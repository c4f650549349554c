import { checkOf } from '@cccd/core'
import { certificateFingerprint, createTrustStore, parseCertificate, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, document, makeCountry } from '../demoCountry.js'
import { issue, testKey } from '../issuer.js'

const { csca, signer } = await makeCountry()
const forged = await issue({
  subject: 'C=XU, O=Utopia, CN=Document Signer 9',
  key: await testKey('forger'),
  issuer: { subject: 'C=XU, O=Utopia, CN=CSCA Utopia', key: await testKey('forger') },
})

it('memory that is used again does not change a certificate that was verified, nor one that is about to be', async () => {
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  const memory = new Uint8Array(Math.max(signer.length, forged.length))
  memory.set(signer)
  const certificate = parseCertificate(memory.subarray(0, signer.length))
  const verify = async () => checkOf(await verifyChain({ signer: certificate, trust, at, document }), 'chain.csca').status
  const before = certificateFingerprint(certificate, trust.crypto)
  expect(await verify()).toBe('passed')
  const running = verify()
  memory.set(forged)
  expect(await running).toBe('passed')
  expect(await verify()).toBe('passed')
  expect(certificateFingerprint(certificate, trust.crypto)).toBe(before)
  expect(certificate.raw).toEqual(signer)
})

it('a certificate in memory that another thread may write to is one copy of it', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(signer.length))
  shared.set(signer)
  const certificate = parseCertificate(shared)
  shared.fill(0)
  expect(certificate.subject.text).toBe('C=XU, O=Utopia, CN=Document Signer 1')
})
