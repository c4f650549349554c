import { checkOf, encodeTlv } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { extension, issue, sequence, testKey } from '../issuer.js'

it.each([
  ['without basicConstraints', { ca: false }],
  ['with cA false', { ca: false, extensions: [extension('2.5.29.19', sequence(encodeTlv(0x01, Uint8Array.of(0))))] }],
  [
    'with a key usage without keyCertSign',
    { ca: false, extensions: [extension('2.5.29.19', sequence(encodeTlv(0x01, Uint8Array.of(0xff))))] },
  ],
])('an anchor %s vouches for nobody', async (_, csca) => {
  const made = await makeCountry({ csca })
  const trust = await createTrustStore({ anchors: [{ certificate: made.csca }] })
  expect(checkOf(await verifyChain({ signer: read(made.signer), trust, at, document }), 'chain.csca')).toMatchObject({
    status: 'failed',
    reason: 'not-a-ca',
  })
})

it('a document signer that issues another signer', async () => {
  const { csca, signer, signerKey } = await makeCountry()
  const second = await issue({
    subject: 'C=XU, CN=Second',
    key: await testKey('second'),
    issuer: { subject: country.signer, key: signerKey },
  })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], certificates: [{ certificate: signer }] })
  const result = await verifyChain({ signer: read(second), trust, at, document })
  expect(checkOf(result, 'chain.csca')).toMatchObject({ status: 'failed', reason: 'not-a-ca' })
})
