import { checkOf } from '@cccd/core'
import { type CryptoPort, loadCrypto } from '@cccd/crypto'
import { certificateFingerprint, createTrustStore, parseCertificate, verifyChain } from '@cccd/pki'
import { compileTrustStore, loadTrustStore } from '@cccd/pki/trust'
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

it('memory that is used again does not change the anchors of a store', async () => {
  const memory = new Uint8Array(csca)
  const trust = await createTrustStore({ anchors: [{ certificate: memory }], certificates: [{ certificate: memory }] })
  const compiled = compileTrustStore(trust)
  const loaded = await loadTrustStore(compiled)
  memory.fill(0)
  compiled.fill(0)
  const certificate = parseCertificate(signer)
  for (const store of [trust, loaded]) {
    expect(store.anchors.map(({ raw }) => raw)).toEqual([csca])
    expect(checkOf(await verifyChain({ signer: certificate, trust: store, at, document }), 'chain.csca').status).toBe('passed')
  }
})

it('a key that could not be imported once is imported the next time', async () => {
  const crypto = await loadCrypto()
  let broken = true
  const importPublicKey: CryptoPort['importPublicKey'] = async (spec) => {
    if (broken) throw new Error('the device is away')
    return crypto.importPublicKey(spec)
  }
  const flaky: CryptoPort = { ...crypto, importPublicKey }
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], crypto: flaky })
  const options = { signer: parseCertificate(signer), trust, at, document }
  await expect(verifyChain(options)).rejects.toThrow('the device is away')
  broken = false
  expect(checkOf(await verifyChain(options), 'chain.csca').status).toBe('passed')
})
