import { checkOf } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { issue, testKey } from '../issuer.js'

it('SHA-1, RSA-1024 and P-192 still verify and are flagged', async () => {
  const cscaKey = await testKey('weak csca', { bits: 1024 })
  const csca = { subject: country.csca, key: cscaKey }
  const signer = await issue({
    subject: country.signer,
    key: await testKey('weak signer', { curve: 'P-192' }),
    issuer: csca,
    scheme: { type: 'rsa-pkcs1', hash: 'sha1' },
  })
  const trust = await createTrustStore({ anchors: [{ certificate: await issue(csca) }] })
  const result = await verifyChain({ signer: read(signer), trust, at, document })
  expect(checkOf(result, 'chain.csca').status).toBe('passed')
  expect(result.findings.map(({ code, field, data }) => [code, field, data])).toEqual([
    ['weak-key', 'signer', { type: 'ec', bits: 192 }],
    ['weak-hash', 'signer', { hash: 'sha1' }],
    ['weak-key', 'csca', { type: 'rsa', bits: 1024 }],
  ])
})

it('nothing is flagged where nothing is weak', async () => {
  const { csca, signer } = await makeCountry()
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  expect((await verifyChain({ signer: read(signer), trust, at, document })).findings).toEqual([])
})
