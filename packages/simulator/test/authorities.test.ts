import { encodeUtf8 } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { createTrustStore, parseCertificate, verifyChain } from '@cccd/pki'
import {
  encodeOcspRequest,
  parseRevocationList,
  tryParseOcspResponse,
  tryParseRevocationList,
  verifyOcspResponse,
} from '@cccd/pki/revocation'
import { encodeTimestampRequest, parseTimestampResponse, verifyTimestampToken } from '@cccd/pki/timestamp'
import {
  answerOcsp,
  answerTimestamp,
  createIssuer,
  createServices,
  demoRevocationList,
  type ListFault,
  listFaults,
  type OcspFault,
  ocspFaults,
  seededRandom,
  type TimestampFault,
  timestampFaults,
} from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'

const at = '2026-01-31T09:00:00Z'
const crypto = defaultCrypto()
const random = seededRandom('authorities')
const issuer = await createIssuer({ random, at })
const services = await createServices(issuer, { random })
const csca = parseCertificate(issuer.csca.certificate)
const signer = parseCertificate(issuer.signer.certificate)
const revoked = [{ serialNumber: signer.serialNumber, at: '2026-01-01T00:00:00Z', reason: 1 }]
const nonce = random(16)

describe('the OCSP responder', () => {
  const request = encodeOcspRequest({ certificate: signer, issuer: csca, nonce })

  async function verdict(fault?: OcspFault, entries: typeof revoked = []): Promise<string> {
    const answer = tryParseOcspResponse(await answerOcsp(request, services, { at, random, revoked: entries, fault }))
    if (!answer.ok) return answer.error.code
    const { status, reason, code } = await verifyOcspResponse({
      response: answer.value,
      certificate: signer,
      issuer: csca,
      at,
      nonce,
    })
    return [status, reason ?? code, answer.value.responseStatus].filter((part) => part !== undefined).join(': ')
  }

  it('says good, and revoked with time and reason', async () => {
    expect([await verdict(), await verdict(undefined, revoked)]).toEqual([
      'good: successful',
      'revoked: keyCompromise: successful',
    ])
  })

  it.each<[OcspFault, string]>([
    ['wrong-signer', 'unknown: revocation-signer-not-allowed: successful'],
    ['expired-signer', 'unknown: revocation-signer-not-allowed: successful'],
    ['broken-signature', 'unknown: signature-wrong: successful'],
    ['stale', 'unknown: revocation-data-stale: successful'],
    ['future', 'unknown: revocation-data-not-yet-valid: successful'],
    ['wrong-nonce', 'unknown: nonce-differs: successful'],
    ['no-nonce', 'unknown: nonce-differs: successful'],
    ['unknown-status', 'unknown: revocation-unknown: successful'],
    ['other-certificate', 'unknown: revocation-data-scope: successful'],
    ['try-later', 'unknown: no-revocation-data: tryLater'],
    ['malformed', 'PKI_BAD_OCSP'],
  ])('with the fault %s is believed nothing', async (fault, expected) => {
    expect(await verdict(fault)).toBe(expected)
    expect(ocspFaults).toContain(fault)
  })

  it('knows nothing of certificates of others, and refuses what is no request', async () => {
    const other = parseCertificate(services.impostor.responder.certificate)
    const foreign = encodeOcspRequest({ certificate: other, issuer: signer })
    const answer = tryParseOcspResponse(await answerOcsp(foreign, services, { at, random }))
    expect(answer.ok && answer.value.basic?.responses[0]?.status).toBe('unknown')
    const refusal = tryParseOcspResponse(await answerOcsp(encodeUtf8('x'), services, { at, random }))
    expect(refusal.ok && refusal.value.responseStatus).toBe('malformedRequest')
  })
})

describe('the revocation list', () => {
  let trust: Awaited<ReturnType<typeof createTrustStore>>
  beforeAll(async () => {
    trust = await createTrustStore({ anchors: [{ certificate: issuer.csca.certificate }], allowDemo: true })
  })

  async function verdict(fault?: ListFault, entries: typeof revoked = []): Promise<string> {
    const list = tryParseRevocationList(await demoRevocationList(services, { at, random, revoked: entries, fault }))
    if (!list.ok) return list.error.code
    const { checks } = await verifyChain({
      signer,
      trust,
      at,
      document: { country: 'VNM', type: 'ID' },
      revocation: { lists: [list.value], policy: 'require' },
    })
    const { status, reason, data } = checks[0] ?? {}
    return [status, reason, data?.revocationReason].filter((part) => part !== undefined).join(': ')
  }

  it('says good and revoked', async () => {
    expect([await verdict(), await verdict(undefined, revoked)]).toEqual(['passed', 'failed: revoked'])
    const list = parseRevocationList(await demoRevocationList(services, { at, random, revoked, number: 300 }))
    expect([list.number, list.find(signer.serialNumber, csca.subject)]).toEqual([
      300n,
      { revokedAt: '2026-01-01T00:00:00Z', code: 'keyCompromise' },
    ])
  })

  it.each<[ListFault, string]>([
    ['wrong-signer', 'inconclusive: revocation-unknown: signature-wrong'],
    ['broken-signature', 'inconclusive: revocation-unknown: signature-wrong'],
    ['stale', 'inconclusive: revocation-unknown: revocation-data-stale'],
    ['future', 'inconclusive: revocation-unknown: revocation-data-not-yet-valid'],
    ['no-next-update', 'inconclusive: revocation-unknown: revocation-data-stale'],
    ['malformed', 'PKI_BAD_REVOCATION_LIST'],
  ])('with the fault %s is believed nothing', async (fault, expected) => {
    expect(await verdict(fault)).toBe(expected)
    expect(listFaults).toContain(fault)
  })
})

describe('the timestamp authority', () => {
  const data = encodeUtf8('a contract')
  const hash = crypto.hash('sha256', data)
  const policy = '1.3.6.1.4.1.99999.3161.1'
  const request = encodeTimestampRequest({ algorithm: 'sha256', hash, nonce })

  async function verdict(fault?: TimestampFault, sent = request): Promise<string> {
    const bytes = await answerTimestamp(sent, services, { at, random, fault })
    try {
      const { token, failures, status } = parseTimestampResponse(bytes)
      if (token === undefined) return `${status}: ${failures.join(' ')}`
      const result = await verifyTimestampToken({ token, stamped: { data }, nonce, policies: [policy], anchors: [csca] })
      return [result.status, result.reason ?? result.genTime].join(': ')
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  it('stamps with its own clock', async () => {
    expect(await verdict()).toBe(`passed: ${at}`)
  })

  it.each<[TimestampFault, string]>([
    ['wrong-signer', 'failed: signature-wrong'],
    ['expired-signer', 'failed: expired'],
    ['broken-signature', 'failed: signature-wrong'],
    ['wrong-nonce', 'failed: nonce-differs'],
    ['no-nonce', 'failed: nonce-differs'],
    ['wrong-imprint', 'failed: imprint-differs'],
    ['wrong-policy', 'failed: policy-differs'],
    ['no-signing-certificate', 'failed: signing-certificate-missing'],
    ['past', 'failed: not-yet-valid'],
    ['refused', 'rejection: systemFailure'],
    ['malformed', 'PKI_BAD_TIMESTAMP'],
  ])('with the fault %s is believed nothing', async (fault, expected) => {
    expect(await verdict(fault)).toBe(expected)
    expect(timestampFaults).toContain(fault)
  })

  it('refuses other policies and what is no request', async () => {
    const other = encodeTimestampRequest({ algorithm: 'sha256', hash, policy: '1.2.3' })
    expect([await verdict(undefined, other), await verdict(undefined, encodeUtf8('x'))]).toEqual([
      'rejection: unacceptedPolicy',
      'rejection: badRequest',
    ])
  })
})
