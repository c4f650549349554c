import { decodeBase64, decodeLatin1 } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { type Certificate, parseCertificate, parsePem, verifySignature } from '@cccd/pki'
import { type OcspResponse, parseOcspRequest, parseOcspResponse, verifyOcspResponse } from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { readVector, sharedVectors, vectorFiles } from '../../../test-vectors/shared.js'
import { backends } from './backends.js'

const folder = ['ocsp', 'openssl-ocsp'] as const

function certificateOf(start: string): Certificate {
  const file = vectorFiles(...folder).find((name) => name.startsWith(start)) ?? ''
  const [block] = parsePem(readVector(...folder, file))
  if (block === undefined) throw new Error(`${file} has no certificate`)
  return parseCertificate(block.bytes)
}

const answer = (file: string): OcspResponse =>
  parseOcspResponse(decodeBase64(decodeLatin1(readVector(...folder, file)).replace(/\s+/g, '')))

/** At the time of the answer: OpenSSL's suite verifies signatures at 2012-12-19 and looks at no period of an answer. */
async function verdict(file: string, chain: string, issuer: Certificate, crypto: CryptoPort): Promise<string> {
  const response = answer(file)
  const certificate = certificateOf(`${chain}_Cert`)
  const { status, reason } = await verifyOcspResponse({
    response,
    certificate,
    issuer,
    at: response.basic?.producedAt ?? '',
    crypto,
  })
  return reason ?? status
}

/** By the legend of the vectors: what is wrong, and which of our reasons says so. */
const wrong: Record<string, readonly string[]> = {
  ISOP: ['signature-wrong'],
  WRID: ['revocation-signer-unknown'],
  WINH: ['revocation-data-scope'],
  WIKH: ['revocation-data-scope'],
  // The answer's own signature stands under the key that was replaced; with the responder named by its key, no certificate has that key.
  WKDOSC: ['signature-wrong', 'revocation-signer-unknown'],
  ISDOSC: ['revocation-signer-not-allowed'],
  WSNIC: ['revocation-data-scope'],
  WKIC: ['revocation-data-scope'],
}
const chains = ['ND1', 'ND2', 'ND3', 'D1', 'D2', 'D3']

describe.skipIf(sharedVectors === undefined)('OpenSSL OCSP suite', () => {
  it.each(backends)('54 answers and issuers have the verdict of their legend ($name)', async ({ crypto }) => {
    let cases = 0
    const expectVerdict = async (title: string, found: Promise<string>, allowed: readonly string[]): Promise<void> => {
      cases++
      expect([title, allowed]).toEqual([title, expect.arrayContaining([await found])])
    }
    for (const chain of chains) {
      const issuer = certificateOf(`${chain}_Issuer`)
      await expectVerdict(chain, verdict(`${chain}.ors`, chain, issuer, crypto), ['good'])
      // The signature on an explicit anchor is not looked at.
      const untouched = certificateOf(`ISIC_${chain}_Issuer`)
      await expectVerdict(`ISIC ${chain}`, verdict(`${chain}.ors`, chain, untouched, crypto), ['good'])
      for (const kind of ['WSNIC', 'WKIC'])
        await expectVerdict(
          `${kind} ${chain}`,
          verdict(`${chain}.ors`, chain, certificateOf(`${kind}_${chain}_Issuer`), crypto),
          wrong[kind] ?? [],
        )
      for (const kind of ['ISOP', 'WRID', 'WINH', 'WIKH', 'WKDOSC', 'ISDOSC'])
        if (vectorFiles(...folder).includes(`${kind}_${chain}.ors`))
          await expectVerdict(`${kind} ${chain}`, verdict(`${kind}_${chain}.ors`, chain, issuer, crypto), wrong[kind] ?? [])
    }
    expect(cases).toBe(54)
  })

  it('is stale on the day of that suite, where the period ended before', async () => {
    const reasons: Record<string, unknown> = {}
    for (const chain of chains) {
      const { status, reason } = await verifyOcspResponse({
        response: answer(`${chain}.ors`),
        certificate: certificateOf(`${chain}_Cert`),
        issuer: certificateOf(`${chain}_Issuer`),
        at: '2012-12-19T00:00:00Z',
      })
      reasons[chain] = reason ?? status
    }
    expect(reasons).toEqual({
      ND1: 'revocation-data-stale',
      ND2: 'revocation-data-stale',
      ND3: 'revocation-data-stale',
      D1: 'revocation-data-stale',
      D2: 'good',
      D3: 'revocation-data-stale',
    })
  })
})

describe.skipIf(sharedVectors === undefined)('OCSP answers of public responders', () => {
  it.each(backends)('are read, and their own signature verified where the signer came along ($name)', async ({ crypto }) => {
    const found: Record<string, unknown> = {}
    for (const file of ['harica_ocsp.bin', 'peru_ocsp.bin', 'sk_ocsp.bin', 'pyhanko_ocsp.resp.der']) {
      const { responseStatus, basic } = parseOcspResponse(readVector('ocsp', 'dss', file))
      if (basic === undefined) throw new Error(`${file} has no content`)
      const [raw] = basic.certificates
      const own =
        raw === undefined
          ? { status: 'signer absent' }
          : await verifySignature({
              key: async () => crypto.importPublicKey(parseCertificate(raw).publicKey),
              algorithm: basic.signatureAlgorithm,
              message: basic.tbs,
              signature: basic.signature,
            })
      found[file] = [responseStatus, basic.responses[0]?.status, basic.producedAt, own.status]
    }
    expect(found).toEqual({
      // Signed by the issuer itself, whose certificate is not among the vectors: nothing to verify with.
      'harica_ocsp.bin': ['successful', 'good', '2025-11-06T06:02:33Z', 'signer absent'],
      'peru_ocsp.bin': ['successful', 'good', '2018-04-23T05:34:01Z', 'signer absent'],
      'sk_ocsp.bin': ['successful', 'revoked', '2018-04-24T07:53:01Z', 'passed'],
      'pyhanko_ocsp.resp.der': ['successful', 'good', '2020-09-06T12:11:48Z', 'passed'],
    })
  })

  it('the one request and its answer agree in nonce and certificate', () => {
    const request = parseOcspRequest(readVector('ocsp', 'dss', 'pyhanko_ocsp.req.der'))
    const { basic } = parseOcspResponse(readVector('ocsp', 'dss', 'pyhanko_ocsp.resp.der'))
    expect(request.certificates).toHaveLength(1)
    expect(basic?.responses[0]?.id).toEqual(request.certificates[0])
    expect(basic?.nonce).toEqual(request.nonce)
    expect(request.nonce).toHaveLength(16)
  })
})
