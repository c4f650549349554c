import { checkOf } from '@cccd/core'
import { createTrustStore, inspectTrustMaterial, verifyChain } from '@cccd/pki'
import { compileTrustStore, loadTrustStore } from '@cccd/pki/trust'
import { describe, expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { issue, name, testKey } from '../issuer.js'

// Certificates of lists are kept undecoded. One whose frame is right and whose fields are not must spoil nothing but itself.

const { csca, signer } = await makeCountry()
const other = 'C=XU, O=Utopia, CN=CSCA Utopia Two'
const whole = await issue({ subject: other, key: await testKey('other csca') })

/** The certificate with one byte changed inside a part that stands in it. */
function broken(part: Uint8Array, offset: number): Uint8Array {
  const copy = whole.slice()
  for (let start = 0; start + part.length <= whole.length; start++)
    if (part.every((byte, index) => whole[start + index] === byte)) copy[start + offset] = 0x04
  return copy
}

const parts: readonly (readonly [string, Uint8Array])[] = [
  ['names', broken(name(other), 6)],
  ['extensions', broken(read(whole).extensions[0]?.value ?? whole, 0)],
]

describe.each(parts)('an anchor whose %s cannot be read', (_, certificate) => {
  const anchors = [{ certificate, source: 'list' }, { certificate: csca }]

  it('leaves the verdicts under the others as they are, and the digest of the store', async () => {
    const trust = await createTrustStore({ anchors })
    expect(trust.digest).toMatch(/^[0-9a-f]{64}$/)
    const result = await verifyChain({ signer: read(signer), trust, at, document })
    expect(checkOf(result, 'chain.csca').status).toBe('passed')
    expect((await loadTrustStore(compileTrustStore(trust))).digest).toBe(trust.digest)
    expect((await inspectTrustMaterial({ anchors, at })).certificates).toBe(2)
  })

  it('vouches for nobody', async () => {
    const issuer = { subject: other, key: await testKey('other csca') }
    const own = read(await issue({ subject: country.signer, key: await testKey('signer two'), issuer }))
    const result = await verifyChain({ signer: own, trust: await createTrustStore({ anchors }), at, document })
    expect(checkOf(result, 'chain.csca').status).not.toBe('passed')
  })
})
