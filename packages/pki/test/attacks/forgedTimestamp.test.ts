import { encodeTlv, encodeUtf8 } from '@cccd/core'
import { defaultCrypto } from '@cccd/crypto/default'
import { parseCertificate } from '@cccd/pki'
import {
  encodeTimestampRequest,
  parseTimestampRequest,
  parseTimestampResponse,
  parseTimestampToken,
  type TimestampToken,
  type VerifyTimestampTokenOptions,
  verifyTimestampToken,
} from '@cccd/pki/timestamp'
import { describe, expect, it } from 'vitest'
import { backends } from '../backends.js'
import {
  type CertificateRequest,
  contentType,
  extension,
  integer,
  issue,
  messageDigest,
  name,
  octets,
  oid,
  sequence,
  set,
  signedData,
  signerInfo,
  testKey,
} from '../issuer.js'
import { generalizedTime } from '../revocationIssuer.js'

const type = '1.2.840.113549.1.9.16.1.4'
const stamped = encodeUtf8('a contract')
const hash = defaultCrypto().hash('sha256', stamped)
const nonce = Uint8Array.of(0, 0xf1, 2, 3)
const policy = '1.3.6.1.4.1.99999.3161'
const keys = { root: await testKey('tsa root'), authority: await testKey('tsa'), other: await testKey('other') }
const byRoot = { subject: 'C=XU, CN=DEMO TSA Root', key: keys.root }
const root = parseCertificate(await issue({ ...byRoot, ca: true, pathLength: 'none' }))
const purposes = (critical: boolean, ...list: string[]): Uint8Array =>
  extension('2.5.29.37', sequence(...list.map((each) => oid(each))), critical)
const timeStamping = '1.3.6.1.5.5.7.3.8'

async function authority(more: Partial<CertificateRequest> = {}): Promise<Uint8Array> {
  const request = { subject: 'C=XU, CN=DEMO TSA', key: keys.authority, issuer: byRoot }
  return issue({ ...request, extensions: [purposes(true, timeStamping)], ...more })
}

interface TokenRequest {
  readonly certificate?: Uint8Array
  readonly bound?: Uint8Array | 'none'
  readonly signers?: number
  readonly genTime?: string
  readonly info?: Uint8Array
  readonly key?: typeof keys.root
}

async function token(request: TokenRequest = {}): Promise<Uint8Array> {
  const certificate = request.certificate ?? (await authority())
  const content =
    request.info ??
    sequence(
      integer(1),
      oid(policy),
      sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octets(hash)),
      integer(77),
      generalizedTime(request.genTime ?? '2026-01-01T00:00:00Z'),
      sequence(integer(2), encodeTlv(0x80, Uint8Array.of(5))),
      encodeTlv(0x02, Uint8Array.of(0, 0xf1, 2, 3)),
    )
  const bound = request.bound ?? certificate
  const attributes = [
    contentType(type),
    messageDigest(content),
    ...(bound === 'none'
      ? []
      : [
          sequence(
            oid('1.2.840.113549.1.9.16.2.47'),
            set(sequence(sequence(sequence(octets(defaultCrypto().hash('sha256', bound)))))),
          ),
        ]),
  ]
  const identifier = sequence(name(byRoot.subject), encodeTlv(0x02, Uint8Array.of(0x11)))
  const info = await signerInfo({ key: request.key ?? keys.authority, identifier, attributes }, content)
  return signedData(content, [certificate], new Array<Uint8Array>(request.signers ?? 1).fill(info), type)
}

async function verdict(
  request: TokenRequest = {},
  more: Partial<Omit<VerifyTimestampTokenOptions, 'token'>> = {},
): Promise<string> {
  const parsed: TimestampToken = parseTimestampToken(await token(request))
  const { status, reason } = await verifyTimestampToken({ token: parsed, stamped: { data: stamped }, anchors: [root], ...more })
  return reason === undefined ? status : `${status}: ${reason}`
}

describe('timestamps', () => {
  it.each(backends)('that are right pass, with nonce and policy ($name)', async ({ crypto }) => {
    const parsed = parseTimestampToken(await token())
    const result = await verifyTimestampToken({
      token: parsed,
      stamped: { data: stamped },
      nonce,
      policies: [policy],
      anchors: [root],
      crypto,
    })
    expect(result).toMatchObject({ status: 'passed', genTime: '2026-01-01T00:00:00Z', accuracy: 2_005_000, policy })
    expect(result.path?.path).toHaveLength(2)
  })

  it('of something else, for another request, under another policy: failed', async () => {
    expect(await verdict({}, { stamped: { data: encodeUtf8('another contract') } })).toBe('failed: imprint-differs')
    expect(await verdict({}, { stamped: { hash: new Uint8Array(0) } })).toBe('failed: imprint-differs')
    expect(await verdict({}, { nonce: Uint8Array.of(9) })).toBe('failed: nonce-differs')
    expect(await verdict({}, { policies: ['1.2.3'] })).toBe('failed: policy-differs')
  })

  it('by a certificate that may do more than timestamps, or does not say so critically: failed', async () => {
    for (const extensions of [
      [purposes(false, timeStamping)],
      [purposes(true, timeStamping, '1.3.6.1.5.5.7.3.1')],
      [purposes(true, '2.5.29.37.0')],
      [],
    ])
      expect(await verdict({ certificate: await authority({ extensions }) })).toBe('failed: extended-key-usage')
  })

  it('not bound to the certificate, or bound to another: failed', async () => {
    expect(await verdict({ bound: 'none' })).toBe('failed: signing-certificate-missing')
    expect(await verdict({ bound: root.raw })).toBe('failed: signing-certificate-differs')
  })

  it('by two signers, or by another key: failed', async () => {
    expect(await verdict({ signers: 2 })).toBe('failed: several-signers')
    expect(await verdict({ key: keys.other })).toBe('failed: signature-wrong')
  })

  it('without an anchor, or at a time when the certificate was not valid: not passed', async () => {
    expect(await verdict({}, { anchors: [] })).toBe('inconclusive: no-trust-anchor')
    expect(await verdict({ genTime: '2040-01-01T00:00:00Z' })).toBe('failed: expired')
    expect(await verdict({ genTime: '2012-01-01T00:00:00Z' })).toBe('failed: not-yet-valid')
    expect(await verdict({}, { at: '2040-01-01' })).toBe('failed: expired')
  })

  it('dated back to before their certificate, or ahead of the time in question: failed, whenever the certificate is looked at', async () => {
    expect(await verdict({ genTime: '2019-12-31T23:59:59Z' }, { at: '2026-01-01' })).toBe('failed: not-yet-valid')
    expect(await verdict({ genTime: '2035-01-01T00:00:01Z' }, { at: '2034-12-31T23:59:00Z' })).toBe('failed: expired')
    expect(await verdict({ genTime: '2027-01-01T00:00:00Z' }, { at: '2026-01-01' })).toBe('failed: not-yet-valid')
    expect(await verdict({ genTime: '2026-01-01T09:05:01Z' }, { at: '2026-01-01T09:00:00Z' })).toBe('failed: not-yet-valid')
    expect(await verdict({ genTime: '2026-01-01T09:05:00Z' }, { at: '2026-01-01T09:00:00Z' })).toBe('passed')
    expect(await verdict({ genTime: '2026-01-01T23:00:00Z' }, { at: '2026-01-01' })).toBe('passed')
  })

  it('are asked for with what comes back', async () => {
    const request = parseTimestampRequest(encodeTimestampRequest({ algorithm: 'sha256', hash, nonce, policy }))
    expect(request).toMatchObject({ policy, certificate: true, imprint: { algorithm: 'sha256', hash } })
    expect(request.nonce).toEqual(parseTimestampToken(await token()).info.nonce)
    expect(() => encodeTimestampRequest({ algorithm: 'sha512', hash })).toThrow(RangeError)
    expect(() => encodeTimestampRequest({ algorithm: 'sha256', hash, nonce: new Uint8Array(0) })).toThrow(RangeError)
  })

  it('are answered with a token or a refusal, never with both or neither', async () => {
    const granted = sequence(sequence(integer(0)), await token())
    expect(parseTimestampResponse(granted)).toMatchObject({ status: 'granted', failures: [], token: { info: { policy } } })
    const refused = sequence(sequence(integer(2), encodeTlv(0x03, Uint8Array.of(5, 0x20))))
    expect(parseTimestampResponse(refused)).toEqual({ status: 'rejection', failures: ['badRequest'] })
    for (const bytes of [sequence(sequence(integer(0))), sequence(sequence(integer(2)), await token())])
      expect(() => parseTimestampResponse(bytes)).toThrow(expect.objectContaining({ code: 'PKI_BAD_TIMESTAMP' }))
  })
})
