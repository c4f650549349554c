import { checkOf } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { createTrustStore, parseCertificate, verifyCertificateSignature, verifyChain } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { at, document, makeCountry, read } from '../demoCountry.js'
import { algorithmOf, oid, sequence } from '../issuer.js'

const sha1 = algorithmOf({ type: 'ecdsa', hash: 'sha1', format: 'der' })

async function chainOf(changes: Parameters<typeof makeCountry>[0]): Promise<unknown> {
  const { csca, signer } = await makeCountry(changes)
  const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
  return checkOf(await verifyChain({ signer: read(signer), trust, at, document }), 'chain.csca')
}

describe('algorithm confusion', () => {
  it('the unsigned half of a certificate does not choose the algorithm', async () => {
    expect(await chainOf({ signer: { innerAlgorithm: sha1 } })).toMatchObject({ status: 'failed', reason: 'algorithm-differs' })
  })

  it('a hash that was not used', async () => {
    expect(await chainOf({ signer: { algorithm: sha1 } })).toMatchObject({ status: 'failed', reason: 'signature-wrong' })
  })

  it('RSA named over an EC key', async () => {
    const rsa = sequence(oid('1.2.840.113549.1.1.11'))
    expect(await chainOf({ signer: { algorithm: rsa } })).toMatchObject({ status: 'failed', reason: 'signature-wrong' })
  })

  it('an algorithm that nobody knows is unsupported, not forged and not passed', async () => {
    const unknown = sequence(oid('1.3.6.1.4.1.99999.7'))
    expect(await chainOf({ signer: { algorithm: unknown } })).toMatchObject({
      status: 'inconclusive',
      reason: 'unsupported-algorithm',
    })
  })

  it('a point that is not on the curve is the fault of the key', async () => {
    const { csca } = await makeCountry()
    const changed = csca.slice()
    const certificate = parseCertificate(changed)
    const spki = certificate.subjectPublicKeyInfo
    spki[spki.length - 1] = (spki[spki.length - 1] as number) ^ 1
    const verdict = await verifyCertificateSignature(certificate, async () =>
      defaultCrypto().importPublicKey(certificate.publicKey),
    )
    expect(verdict).toMatchObject({ status: 'failed', reason: 'key-wrong' })
  })
})
