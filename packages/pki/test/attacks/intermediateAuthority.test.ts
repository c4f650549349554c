import { checkOf, encodeTlv, encodeUtf8 } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { extension, issue, sequence, testKey } from '../issuer.js'

const { csca, cscaKey, signer, signerKey } = await makeCountry()
const subKey = await testKey('sub')
const nameChange = extension('2.23.136.1.1.6.1', encodeTlv(0x05))

async function under(subject: string, extensions: readonly Uint8Array[] = [], pathLength: number | 'none' = 1): Promise<string> {
  const sub = await issue({
    subject,
    key: subKey,
    issuer: { subject: country.csca, key: cscaKey },
    ca: true,
    extensions,
    pathLength,
  })
  const trust = await createTrustStore({ anchors: [{ certificate: csca }], certificates: [{ certificate: sub }] })
  const leaf = await issue({ subject: 'C=XU, CN=Signer', key: signerKey, issuer: { subject, key: subKey } })
  const { checks, findings } = await verifyChain({ signer: read(leaf), trust, at, document })
  const { status, reason } = checkOf({ checks }, 'chain.csca')
  const doubt = findings.find(({ code }) => code === 'link-without-name-change')?.code
  return [status, reason, doubt].filter((part) => part !== undefined).join(': ')
}

describe('an authority between country CA and document signer', () => {
  it('fails under a path length of 0, unless it is the country CA itself with a new key or name', async () => {
    expect(await under('C=XU, CN=Sub CA')).toBe('failed: path-too-long: link-without-name-change')
    expect(await under('C=XU, CN=Sub CA', [], 'none')).toBe('failed: path-too-long: link-without-name-change')
    expect(await under(country.csca)).toBe('passed')
    expect(await under('C=XU, O=Utopia, CN=CSCA Utopia 2', [nameChange])).toBe('passed')
    // Real links are like this one: the path length of a country CA, and not a word of the new name.
    expect(await under('C=XU, O=Utopia, CN=CSCA Utopia 2', [], 0)).toBe('passed: link-without-name-change')
  })
})

describe('a signer outside the time in which keys may be used', () => {
  const time = (tag: number, text: string): Uint8Array => encodeTlv(tag, encodeUtf8(text))
  const period = extension('2.5.29.16', sequence(time(0x80, '20210101000000Z'), time(0x81, '20220101000000Z')))

  it('is a finding: of its own key by the time of signing, of the country CA by the beginning of the certificate', async () => {
    const limitedCsca = await issue({ subject: country.csca, key: cscaKey, extensions: [period] })
    const limitedSigner = await issue({
      subject: country.signer,
      key: signerKey,
      issuer: { subject: country.csca, key: cscaKey },
      extensions: [period],
    })
    const fields = async (anchor: Uint8Array, leaf: Uint8Array, signingTime: string): Promise<unknown> => {
      const trust = await createTrustStore({ anchors: [{ certificate: anchor }] })
      const { findings } = await verifyChain({ signer: read(leaf), trust, at, document, signingTime })
      return findings.filter(({ code }) => code === 'outside-key-usage-period').map(({ field }) => field)
    }
    expect(await fields(csca, limitedSigner, '2021-06-01T00:00:00Z')).toEqual([])
    expect(await fields(csca, limitedSigner, '2022-06-01T00:00:00Z')).toEqual(['signer'])
    // The signer's certificate begins in 2020, before the key of its country CA might be used.
    expect(await fields(limitedCsca, signer, '2021-06-01T00:00:00Z')).toEqual(['csca'])
  })
})
