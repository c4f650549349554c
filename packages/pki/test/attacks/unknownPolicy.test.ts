import { createTrustStore, verifyChain } from '@cccd/pki'
import { verifyCertificatePath } from '@cccd/pki/path'
import { fetchRevocation, type RevocationInput } from '@cccd/pki/revocation'
import { expect, it } from 'vitest'
import { at, document, makeCountry, read } from '../demoCountry.js'

const { csca, signer } = await makeCountry()
const trust = await createTrustStore({ anchors: [{ certificate: csca }] })

/** What a configuration file may hold. */
const inputOf = (policy: string): RevocationInput => JSON.parse(JSON.stringify({ policy, lists: [] }))

it.each(['Require', 'required', 'true', ''])('the policy %j is none, and does not mean the weaker one', async (policy) => {
  const revocation = inputOf(policy)
  const none = 'a revocation policy is require, prefer or off'
  const chain = verifyChain({ signer: read(signer), trust, at, document, revocation })
  await expect(chain).rejects.toThrow(new RangeError(none))
  const path = verifyCertificatePath({ certificate: read(signer), anchors: [read(csca)], at, revocation })
  await expect(path).rejects.toThrow(new RangeError(none))
  const fetched = fetchRevocation([read(signer)], { issuers: [read(csca)], at, policy: revocation.policy })
  await expect(fetched).rejects.toThrow(new RangeError(none))
})

it('require without any data leaves both open', async () => {
  const revocation = inputOf('require')
  const { checks } = await verifyChain({ signer: read(signer), trust, at, document, revocation })
  expect(checks[0]).toMatchObject({ id: 'chain.csca', status: 'inconclusive', reason: 'revocation-unknown' })
  const { status } = await verifyCertificatePath({ certificate: read(signer), anchors: [read(csca)], at, revocation })
  expect(status).toBe('inconclusive')
})
