import { checkOf } from '@cccd/core'
import type { CryptoPort, PublicKey } from '@cccd/crypto'
import { defaultCrypto } from '@cccd/crypto/default'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { issue, testKey } from '../issuer.js'

it('links that all sign each other cost a bounded number of signatures', async () => {
  const maze = { subject: country.csca, key: await testKey('maze') }
  const certificates = await Promise.all(
    Array.from({ length: 16 }, async (_, i) => ({ certificate: await issue({ ...maze, serialNumber: Uint8Array.of(i + 1) }) })),
  )
  const signer = read(await issue({ subject: country.signer, key: await testKey('attacker'), issuer: maze }))
  const { csca } = await makeCountry()
  let verified = 0
  const inner = defaultCrypto()
  const counting = (key: PublicKey): PublicKey => ({
    spec: key.spec,
    bits: key.bits,
    verify: (...given) => {
      verified++
      return key.verify(...given)
    },
    recover: (signature) => key.recover(signature),
  })
  const crypto: CryptoPort = { ...inner, importPublicKey: async (spec) => counting(await inner.importPublicKey(spec)) }
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], certificates })
  const { checks } = await verifyChain({ signer, trust, at, document, crypto })
  expect(checkOf({ checks }, 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
  expect(verified).toBeLessThan(100)
})

it('the one link that matters is found among hundreds of a directory', async () => {
  const older = await testKey('older')
  const { signer, cscaKey } = await makeCountry()
  const root = await issue({ subject: country.csca, key: older })
  const link = await issue({ subject: country.csca, key: cscaKey, issuer: { subject: country.csca, key: older }, ca: true })
  const strangers = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => issue({ subject: `C=XV, CN=${index}`, key: await testKey('stranger') })),
  )
  const certificates = [...strangers, link].map((certificate) => ({ certificate }))
  const trust = await createTrustStore({ anchors: [{ certificate: root }], certificates })
  expect(checkOf(await verifyChain({ signer: read(signer), trust, at, document }), 'chain.csca').status).toBe('passed')
})
