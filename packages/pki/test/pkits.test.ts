import { isCccdError } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { type Certificate, parseCertificate } from '@cccd/pki'
import { verifyCertificatePath } from '@cccd/pki/path'
import { parseRevocationList } from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { readVector, readVectorJson, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'

interface Case {
  readonly name: string
  readonly ee: string
  readonly intermediates?: readonly string[]
  readonly crls?: readonly string[]
  readonly files?: readonly string[]
  readonly expect: string
}

const at = '2012-01-01T00:00:00Z'
const certificate = (file: string): Certificate => parseCertificate(readVector('pkits', 'certs', file))
const list = (file: string): ReturnType<typeof parseRevocationList> => parseRevocationList(readVector('pkits', 'crls', file))

/** `passed`, or why not. A file that is refused before anything is verified is `refused`. */
async function outcome(test: Case, crypto: CryptoPort): Promise<string> {
  const { intermediates = test.files ?? [], crls = test.files ?? [] } = test
  try {
    const { status, reason } = await verifyCertificatePath({
      certificate: certificate(test.ee),
      anchors: [certificate('TrustAnchorRootCertificate.crt')],
      certificates: intermediates.filter((file) => file.endsWith('.crt') && !file.startsWith('TrustAnchor')).map(certificate),
      at,
      revocation: {
        policy: 'require',
        lists: [...new Set([...crls.filter((file) => file.endsWith('.crl')), 'TrustAnchorRootCRL.crl'])].map(list),
      },
      crypto,
    })
    return status === 'passed' ? status : `${status}: ${reason}`
  } catch (error) {
    if (isCccdError(error)) return `refused: ${error.code}`
    throw error
  }
}

/** Reasons that a section of PKITS may fail for, by the first three digits of its cases. */
const rightReasons: Record<string, RegExp> = {
  '401': /^failed: signature-wrong|^refused: PKI_BAD_CERTIFICATE/,
  '402': /^failed: (expired|not-yet-valid)/,
  '403': /^inconclusive: no-trust-anchor/,
  '404': /^failed: revoked|^inconclusive: (no-revocation-data|revocation-|signature-wrong)|^refused: PKI_BAD_REVOCATION_LIST/,
  '405': /^failed: (revoked|not-a-ca)/,
  '406': /^failed: (not-a-ca|path-too-long)/,
  '407': /^failed: key-usage|^inconclusive: revocation-signer-not-allowed/,
  '408': /^failed: policy/,
  '409': /^failed: policy/,
  '410': /^failed: policy/,
  '411': /^failed: policy/,
  '412': /^failed: policy/,
  '414': /^failed: revoked|^inconclusive: (revocation-data-scope|reasons-not-covered|no-revocation-data)/,
  '415': /^failed: revoked|^inconclusive: (no-revocation-data|revocation-data-stale)/,
  '416': /^failed: critical-extension/,
}

const unsupported = ['40104', '40105']

describe.skipIf(sharedVectors === undefined)('NIST PKITS', () => {
  it.each(backends)('174 cases as stated, each for a reason of its section ($name)', async ({ crypto }) => {
    const { tests } = readVectorJson<{ tests: Case[] }>('pkits', 'tests.json')
    expect(tests).toHaveLength(174)
    const counts = { valid: 0, invalid: 0, unsupported: 0 }
    for (const test of tests) {
      const number = /\d{5}/.exec(test.name)?.[0] ?? ''
      const found = await outcome(test, crypto)
      const at = [test.name, found] as const
      if (unsupported.includes(number)) {
        expect(at).toEqual([test.name, 'inconclusive: unsupported-algorithm'])
        counts.unsupported++
      } else if (test.expect === 'valid') {
        expect(at).toEqual([test.name, 'passed'])
        counts.valid++
      } else {
        // 4.3.1 and 4.3.2 say "see upstream": both are invalid.
        expect(at).toEqual([test.name, expect.stringMatching(rightReasons[number.slice(0, 3)] as RegExp)])
        counts.invalid++
      }
    }
    expect(counts).toEqual({ valid: 73, invalid: 99, unsupported: 2 })
  })

  it('4.1.6: refused for spare bits in its DSA signature; without them unsupported, never valid', async () => {
    const raw = readVector('pkits', 'certs', 'InvalidDSASignatureTest6EE.crt')
    expect(() => parseCertificate(raw)).toThrow(expect.objectContaining({ code: 'PKI_BAD_CERTIFICATE' }))
    // The BIT STRING at the end: 03, length, count of unused bits, SEQUENCE.
    const count = raw.length - (raw[raw.lastIndexOf(0x03, raw.length - 40) + 1] as number)
    raw[count] = 0
    const result = await verifyCertificatePath({
      certificate: parseCertificate(raw),
      anchors: [certificate('TrustAnchorRootCertificate.crt')],
      certificates: [certificate('DSACACert.crt')],
      at,
    })
    expect(result).toMatchObject({ status: 'inconclusive', reason: 'unsupported-algorithm' })
  })

  it('4.13, name constraints: 16 valid and 22 invalid, by their names', async () => {
    const files = vectorFiles('pkits', 'certs')
    const bag = files.filter((file) => file.startsWith('nameConstraints')).map(certificate)
    const counts = { valid: 0, invalid: 0 }
    for (const file of files.filter((name) => /^(Valid|Invalid).*nameConstraints/.test(name))) {
      const { status, reason } = await verifyCertificatePath({
        certificate: certificate(file),
        anchors: [certificate('TrustAnchorRootCertificate.crt')],
        certificates: bag,
        at,
      })
      const valid = file.startsWith('Valid')
      expect([file, reason ?? status]).toEqual([file, valid ? 'passed' : 'name-constraint'])
      counts[valid ? 'valid' : 'invalid']++
    }
    expect(counts).toEqual({ valid: 16, invalid: 22 })
  })

  it('without revocation data nothing passes under require', async () => {
    const { tests } = readVectorJson<{ tests: Case[] }>('pkits', 'tests.json')
    for (const test of tests.filter(({ expect }) => expect === 'valid').slice(0, 20)) {
      const { status } = await verifyCertificatePath({
        certificate: certificate(test.ee),
        anchors: [certificate('TrustAnchorRootCertificate.crt')],
        certificates: (test.intermediates ?? []).map(certificate),
        at,
        revocation: { policy: 'require' },
      })
      expect([test.name, status]).toEqual([test.name, 'inconclusive'])
    }
  })
})
