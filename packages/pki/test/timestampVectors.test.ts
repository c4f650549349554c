import { parseTimestampToken, verifyTimestampToken } from '@cccd/pki/timestamp'
import { describe, expect, it } from 'vitest'
import { readVector, readVectorJson, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'

interface Expected {
  readonly policy: string | null
  readonly hash: string | null
  readonly time: string | null
}

describe.skipIf(sharedVectors === undefined)('RFC 3161 tokens', () => {
  it.each(backends)('six are read, their own signature verified; none has an anchor here ($name)', async ({ crypto }) => {
    const results: Record<string, string> = {}
    for (const file of vectorFiles('rfc3161')) {
      const token = parseTimestampToken(readVector('rfc3161', file))
      const { status, reason } = await verifyTimestampToken({
        token,
        stamped: { hash: token.info.imprint.hash },
        anchors: [],
        crypto,
      })
      results[file] = `${status}: ${reason}`
    }
    const noAnchor = 'inconclusive: no-trust-anchor'
    expect(results).toEqual({
      'archive_timestamp.tst': noAnchor,
      'd-trust.tsr': noAnchor,
      'disig.tst': noAnchor,
      'timestamp.tst': noAnchor,
      // Its signature is right, but both of its signing-certificate attributes name another certificate than the signer's.
      'tst-two-refs.tst': 'failed: signing-certificate-differs',
      // OpenSSL does not read it for the OCSP answer among its revocation lists, which is another format (RFC 5652 10.2.1) and passed over.
      'tst_with_broken_ocsp.tst': noAnchor,
    })
  })

  it('say what OpenSSL reads in them', () => {
    const { rfc3161 } = readVectorJson<{ rfc3161: Record<string, Expected> }>('cms', 'index.json')
    for (const [file, { policy, hash, time }] of Object.entries(rfc3161)) {
      const { info } = parseTimestampToken(readVector('rfc3161', file))
      if (time === null) continue
      expect([file, info.imprint.algorithm]).toEqual([file, hash])
      // OpenSSL prints the first 150 characters of an object identifier.
      expect(info.policy.startsWith((policy ?? '').replace(/\.$/, ''))).toBe(true)
      expect(info.genTime).toBe(`${new Date(time.replace(/\.\d+/, '')).toISOString().slice(0, 19)}Z`)
    }
  })
})
