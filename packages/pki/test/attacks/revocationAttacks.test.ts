import { encodeTlv } from '@cccd/core'
import { type Certificate, parseCertificate } from '@cccd/pki'
import { verifyCertificatePath } from '@cccd/pki/path'
import {
  encodeOcspRequest,
  parseOcspRequest,
  parseOcspResponse,
  parseRevocationList,
  type RevocationPolicy,
  verifyOcspResponse,
} from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { backends } from '../backends.js'
import { extension, integer, issue, name, oid, sequence, type TestKey, testKey } from '../issuer.js'
import { type AnswerRequest, type ListRequest, ocspAnswer, revocationList } from '../revocationIssuer.js'

const at = '2026-01-01T00:00:00Z'
const keys = {
  root: await testKey('root'),
  middle: await testKey('middle'),
  end: await testKey('end'),
  other: await testKey('other'),
}
const rootName = 'C=XU, CN=Root'
const middleName = 'C=XU, CN=Middle'
const byRoot = { subject: rootName, key: keys.root }
const byMiddle = { subject: middleName, key: keys.middle }
const ca = { ca: true, pathLength: 'none' } as const

const root = parseCertificate(await issue({ subject: rootName, key: keys.root, ...ca }))
const middleSerial = 0x21
const middle = parseCertificate(
  await issue({ subject: middleName, key: keys.middle, issuer: byRoot, serialNumber: Uint8Array.of(middleSerial), ...ca }),
)
const end = parseCertificate(await issue({ subject: 'C=XU, CN=End', key: keys.end, issuer: byMiddle }))

const rootList = { issuer: rootName, key: keys.root }
const middleList = { issuer: middleName, key: keys.middle }

async function verdict(
  lists: readonly ListRequest[],
  more: { policy?: RevocationPolicy; certificates?: readonly Certificate[] } = {},
): Promise<string> {
  const parsed = await Promise.all(lists.map(async (request) => parseRevocationList(await revocationList(request))))
  const { status, reason } = await verifyCertificatePath({
    certificate: end,
    anchors: [root],
    certificates: [middle, ...(more.certificates ?? [])],
    at,
    revocation: { lists: parsed, policy: more.policy ?? 'require' },
  })
  return reason === undefined ? status : `${status}: ${reason}`
}

describe('revocation lists', () => {
  it('in force, over every certificate of the path: passed', async () => {
    expect(await verdict([rootList, middleList])).toBe('passed')
  })

  it.each<[string, ListRequest[], string]>([
    ['revoked signer', [rootList, { ...middleList, revoked: [{ serialNumber: 0x11 }] }], 'failed: revoked'],
    ['revoked issuer', [{ ...rootList, revoked: [{ serialNumber: middleSerial }] }, middleList], 'failed: revoked'],
    ['another serial', [rootList, { ...middleList, revoked: [{ serialNumber: 0x12 }] }], 'passed'],
    ['none', [], 'inconclusive: no-revocation-data'],
    ['one is missing', [rootList], 'inconclusive: no-revocation-data'],
    ['signed by somebody else', [rootList, { ...middleList, key: keys.other }], 'inconclusive: signature-wrong'],
    ['of somebody else', [rootList, { ...middleList, issuer: 'C=XU, CN=Other' }], 'inconclusive: no-revocation-data'],
    ['stale', [rootList, { ...middleList, nextUpdate: '2025-12-31T00:00:00Z' }], 'inconclusive: revocation-data-stale'],
    ['without a next update', [rootList, { ...middleList, nextUpdate: 'none' }], 'inconclusive: revocation-data-stale'],
    [
      'of tomorrow',
      [rootList, { ...middleList, thisUpdate: '2026-01-02T00:00:00Z' }],
      'inconclusive: revocation-data-not-yet-valid',
    ],
    [
      'with a critical extension nobody knows',
      [rootList, { ...middleList, extensions: [extension('1.3.6.1.4.1.99999.6', sequence(), true)] }],
      'inconclusive: revocation-data-critical-extension',
    ],
    [
      'with such an extension in the entry of another certificate',
      [
        rootList,
        { ...middleList, revoked: [{ serialNumber: 5, extensions: [extension('1.3.6.1.4.1.99999.6', sequence(), true)] }] },
      ],
      'inconclusive: revocation-data-critical-extension',
    ],
    [
      'for authorities only',
      [rootList, { ...middleList, extensions: [extension('2.5.29.28', sequence(encodeTlv(0x82, Uint8Array.of(0xff))), true)] }],
      'inconclusive: revocation-data-scope',
    ],
    [
      'a delta without its base',
      [rootList, { ...middleList, extensions: [extension('2.5.29.27', integer(6), true)] }],
      'inconclusive: no-revocation-data',
    ],
  ])('%s: %s', async (_, lists, expected) => {
    expect(await verdict(lists)).toBe(expected)
  })

  it('revoked fails under prefer, is not looked at under off; nothing known passes under prefer', async () => {
    const revoked = [rootList, { ...middleList, revoked: [{ serialNumber: 0x11 }] }]
    expect(await verdict(revoked, { policy: 'prefer' })).toBe('failed: revoked')
    expect(await verdict(revoked, { policy: 'off' })).toBe('passed')
    expect(await verdict([], { policy: 'prefer' })).toBe('passed')
  })

  it('a good list beside a forged one decides, whatever the order', async () => {
    const forged = { ...middleList, key: keys.other, revoked: [{ serialNumber: 0x11 }] }
    expect(await verdict([forged, rootList, middleList])).toBe('passed')
    expect(await verdict([middleList, rootList, forged])).toBe('passed')
  })

  it('a revoked subordinate that takes the name of its superior does not vouch for itself', async () => {
    // Issued by the revoked middle, with the name of the root and the right to sign lists.
    const impostor = parseCertificate(await issue({ subject: rootName, key: keys.other, issuer: byMiddle, ...ca }))
    const clean = { issuer: rootName, key: keys.other }
    expect(await verdict([clean, middleList], { certificates: [impostor] })).toMatch(/^inconclusive/)
    const revoking = { ...rootList, revoked: [{ serialNumber: middleSerial }] }
    expect(await verdict([clean, revoking, middleList], { certificates: [impostor] })).toBe('failed: revoked')
  })
})

describe('indirect lists', () => {
  const listIssuer = 'C=XU, CN=List Issuer'
  const evil = { subject: 'C=XU, CN=Evil Sub CA', key: keys.other }
  const cRLSign = { ca: true, pathLength: 'none', keyUsage: Uint8Array.of(1, 0x06) } as const

  /** An end entity whose lists are somebody else's, by name. */
  const pointing = (): Promise<Uint8Array> =>
    issue({
      subject: 'C=XU, CN=End 2',
      key: keys.end,
      issuer: byMiddle,
      serialNumber: Uint8Array.of(0x41),
      extensions: [extension('2.5.29.31', sequence(sequence(encodeTlv(0xa2, encodeTlv(0xa4, name(listIssuer))))))],
    })

  async function outcome(
    by: { subject: string; key: TestKey },
    key: TestKey,
    revoked: ListRequest['revoked'] = [],
  ): Promise<string> {
    const certificates = [
      middle,
      parseCertificate(await issue({ ...evil, issuer: byRoot, ...cRLSign })),
      parseCertificate(await issue({ subject: listIssuer, key, issuer: by, ...cRLSign })),
    ]
    const indirect = extension('2.5.29.28', sequence(encodeTlv(0x84, Uint8Array.of(0xff))), true)
    const lists: ListRequest[] = [rootList, { issuer: listIssuer, key, revoked, extensions: [indirect] }]
    const { status, reason } = await verifyCertificatePath({
      certificate: parseCertificate(await pointing()),
      anchors: [root],
      certificates,
      at,
      revocation: {
        policy: 'require',
        lists: await Promise.all(lists.map(async (request) => parseRevocationList(await revocationList(request)))),
      },
    })
    return reason === undefined ? status : `${status}: ${reason}`
  }

  it('count when their issuer stands under an authority of the path', async () => {
    const certificateIssuer = extension('2.5.29.29', sequence(encodeTlv(0xa4, name(middleName))), true)
    const key = await testKey('list issuer')
    expect(await outcome(byRoot, key)).toBe('passed')
    expect(await outcome(byRoot, key, [{ serialNumber: 0x41, extensions: [certificateIssuer] }])).toBe('failed: revoked')
    // Without the extension the entry is about a certificate of the list's own issuer.
    expect(await outcome(byRoot, key, [{ serialNumber: 0x41 }])).toBe('passed')
  })

  it('count nothing by somebody whom another authority gave that name', async () => {
    expect(await outcome(evil, await testKey('list issuer'))).toBe('inconclusive: revocation-signer-not-allowed')
  })
})

const ocspSigning = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.9')))
const responderRequest = { subject: 'C=XU, CN=Responder', key: keys.other, issuer: byMiddle, serialNumber: Uint8Array.of(0x31) }
const responder = parseCertificate(await issue({ ...responderRequest, extensions: [ocspSigning] }))

async function answered(
  request: Partial<AnswerRequest>,
  more: { nonce?: Uint8Array; about?: Certificate } = {},
): Promise<string> {
  const response = parseOcspResponse(await ocspAnswer({ certificate: end, issuer: middle, key: keys.middle, ...request }))
  const { about: certificate = end, ...rest } = more
  const { status, reason } = await verifyOcspResponse({ response, certificate, issuer: middle, at, ...rest })
  return reason ?? status
}
const delegated = { key: keys.other, responder, certificates: [responder.raw] }

describe('OCSP answers', () => {
  it.each(backends)('of the issuer and of its responder count ($name)', async ({ crypto }) => {
    for (const request of [{ key: keys.middle }, delegated]) {
      const response = parseOcspResponse(await ocspAnswer({ certificate: end, issuer: middle, ...request }))
      expect(await verifyOcspResponse({ response, certificate: end, issuer: middle, at, crypto })).toMatchObject({
        status: 'good',
      })
    }
    expect(await answered({ status: 'revoked' })).toBe('revoked')
    expect(await answered({ status: 'unknown' })).toBe('revocation-unknown')
  })

  it('by a responder that the issuer did not certify for it count nothing', async () => {
    const wrongPurpose = extension('2.5.29.37', sequence(oid('2.5.29.37.0')))
    for (const change of [
      {},
      { extensions: [wrongPurpose] },
      { extensions: [ocspSigning], issuer: byRoot },
      { extensions: [ocspSigning], notAfter: '2025-01-01T00:00:00Z' },
      { extensions: [ocspSigning], keyUsage: Uint8Array.of(5, 0x20) },
    ]) {
      const certificate = parseCertificate(await issue({ ...responderRequest, ...change }))
      const request = { key: keys.other, responder: certificate, certificates: [certificate.raw] }
      expect(await answered(request)).toBe('revocation-signer-not-allowed')
    }
  })

  it('signed by somebody else, about another certificate, old or of tomorrow count nothing', async () => {
    expect(await answered({ key: keys.other })).toBe('signature-wrong')
    expect(await answered({ ...delegated, certificates: [] })).toBe('revocation-signer-unknown')
    expect(await answered({}, { about: middle })).toBe('revocation-data-scope')
    expect(await answered({ nextUpdate: '2025-12-31T12:00:00Z' })).toBe('revocation-data-stale')
    expect(await answered({ thisUpdate: '2025-12-30T00:00:00Z', nextUpdate: 'none' })).toBe('revocation-data-stale')
    expect(await answered({ thisUpdate: '2026-01-01T00:06:00Z' })).toBe('revocation-data-not-yet-valid')
    const critical = extension('1.3.6.1.4.1.99999.6', sequence(), true)
    expect(await answered({ extensions: [critical] })).toBe('revocation-data-critical-extension')
  })

  it('replayed, with another nonce or none, count nothing', async () => {
    const nonce = Uint8Array.of(1, 2, 3, 4)
    expect(await answered({ nonce }, { nonce })).toBe('good')
    expect(await answered({ nonce: Uint8Array.of(4, 3, 2, 1) }, { nonce })).toBe('nonce-differs')
    expect(await answered({}, { nonce })).toBe('nonce-differs')
    const asked = parseOcspRequest(encodeOcspRequest({ certificate: end, issuer: middle, nonce }))
    expect(asked.nonce).toEqual(nonce)
    expect(asked.certificates[0]?.serialNumber).toEqual(end.serialNumber)
    expect(() => encodeOcspRequest({ certificate: end, issuer: middle, nonce: new Uint8Array(0) })).toThrow(RangeError)
  })

  it('by a responder that a list has revoked count nothing; with id-pkix-ocsp-nocheck it is not asked for', async () => {
    const lists = [rootList, { ...middleList, revoked: [{ serialNumber: 0x31 }] }]
    const parsed = await Promise.all(lists.map(async (request) => parseRevocationList(await revocationList(request))))
    const noCheck = parseCertificate(
      await issue({ ...responderRequest, extensions: [ocspSigning, extension('1.3.6.1.5.5.7.48.1.5', encodeTlv(0x05))] }),
    )
    const sources = []
    for (const certificate of [responder, noCheck]) {
      const bytes = await ocspAnswer({
        certificate: end,
        issuer: middle,
        key: keys.other,
        responder: certificate,
        certificates: [certificate.raw],
      })
      const result = await verifyCertificatePath({
        certificate: end,
        anchors: [root],
        certificates: [middle],
        at,
        revocation: { lists: parsed, responses: [parseOcspResponse(bytes)], policy: 'require' },
      })
      expect(result.status).toBe('passed')
      sources.push(result.revocation.map(({ source }) => source))
    }
    expect(sources).toEqual([
      ['crl', 'crl'],
      ['ocsp', 'crl'],
    ])
  })
})
