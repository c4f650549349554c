import { parseSignedData, type SignedDataResult, verifySignedData } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readVector, readVectorJson, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'

interface Expected {
  readonly openssl: string
  readonly detached: boolean
}

/** Where the verdict is not that of `openssl cms -verify`, and why. */
const differences: Record<string, { verdict: string; finding?: string; why: string }> = {
  'cades-broken-sig-tst.p7m': {
    verdict: 'passed',
    why: 'the signature is right over the attributes as sent, out of DER order; OpenSSL encodes them again. Broken is the timestamp, an unsigned attribute',
  },
  'dss-667_BER_reordered_prova.txt.p7m': {
    verdict: 'passed',
    finding: 'signed-attributes-not-sorted',
    why: 'the attributes were reordered after signing; sorted as DER wants they are what was signed, OpenSSL does not try that',
  },
}

const verdictOf = ({ status, reason }: SignedDataResult): string => reason ?? status

function expected(file: string, { openssl, detached }: Expected): string {
  if (differences[file] !== undefined) return differences[file].verdict
  if (detached) return 'no-content'
  if (openssl === 'ok') return 'passed'
  // The one with a hash in the PSS parameters that is not digestAlgorithm's.
  return openssl.startsWith('digest does not match') ? 'algorithm-differs' : 'signature-wrong'
}

describe.skipIf(sharedVectors === undefined)('CAdES files', () => {
  it.each(backends)('twelve have the verdict of OpenSSL, but for the differences named ($name)', async ({ crypto }) => {
    const { cades } = readVectorJson<{ cades: Record<string, Expected> }>('cms', 'index.json')
    const files = vectorFiles('cms', 'cades')
    expect(files).toHaveLength(12)
    for (const file of files) {
      const result = await verifySignedData(parseSignedData(readVector('cms', 'cades', file)), { crypto })
      expect([file, verdictOf(result)]).toEqual([file, expected(file, cades[file] as Expected)])
      const finding = differences[file]?.finding
      if (finding !== undefined) expect(result.findings).toContainEqual(expect.objectContaining({ code: finding }))
    }
  })

  it('one signs with the hash of digestAlgorithm and names another: passed, with a finding', async () => {
    const bytes = readVector('cms', 'cades', 'dss-1419_CAdES-BpB-att-SHA3_256-SHA256withRSA.p7m')
    const { status, signers, findings } = await verifySignedData(parseSignedData(bytes))
    expect({ status, scheme: signers[0]?.scheme }).toEqual({ status: 'passed', scheme: { type: 'rsa-pkcs1', hash: 'sha3-256' } })
    expect(findings).toContainEqual(expect.objectContaining({ code: 'signature-hash-differs' }))
  })

  it('a detached signature does not pass over other content', async () => {
    const bytes = readVector('cms', 'cades', 'dss-2011_cades-detached.pkcs7')
    const result = await verifySignedData(parseSignedData(bytes), { content: Uint8Array.of(1, 2, 3) })
    expect(result).toMatchObject({ status: 'failed', reason: 'digest-wrong' })
  })
})
