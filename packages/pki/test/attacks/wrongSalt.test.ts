import { checkOf, encodeTlv } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { backends } from '../backends.js'
import { at, country, document, read } from '../demoCountry.js'
import { integer, issue, oid, sequence, testKey } from '../issuer.js'

const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
const key = await testKey('pss csca', { bits: 2048 })

/** RSASSA-PSS with SHA-256 and the salt length that the identifier states. */
const pss = (saltLength: number): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(
      encodeTlv(0xa0, sha256),
      encodeTlv(0xa1, sequence(oid('1.2.840.113549.1.1.8'), sha256)),
      encodeTlv(0xa2, integer(saltLength)),
    ),
  )

describe('an RSASSA-PSS signature with another salt than it states', () => {
  it.each(backends)('fails; with the stated one it passes ($name)', async ({ crypto }) => {
    const csca = await issue({ subject: country.csca, key })
    const trust = await createTrustStore({ anchors: [{ certificate: csca }], crypto })
    const issuer = { subject: country.csca, key }
    const outcome = async (made: number, stated: number): Promise<string> => {
      const scheme = { type: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: made } as const
      const signer = await issue({
        subject: country.signer,
        key: await testKey('signer'),
        issuer,
        scheme,
        algorithm: pss(stated),
      })
      const { checks } = await verifyChain({ signer: read(signer), trust, at, document, crypto })
      const { status, reason } = checkOf({ checks }, 'chain.csca')
      return reason ?? status
    }
    expect(await outcome(32, 32)).toBe('passed')
    expect(await outcome(20, 32)).toBe('signature-wrong')
    expect(await outcome(32, 20)).toBe('signature-wrong')
    expect(await outcome(32, 0)).toBe('signature-wrong')
  })
})
