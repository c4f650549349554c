import { checkOf, encodeTlv } from '@cccd/core'
import { type ChainResult, createTrustStore, verifyChain } from '@cccd/pki'
import { parseOcspResponse, parseRevocationList, type RevocationPolicy } from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { backends } from '../backends.js'
import { at, country, document, makeCountry, read } from '../demoCountry.js'
import { extension, issue, sequence, testKey } from '../issuer.js'
import { type ListRequest, ocspAnswer, revocationList } from '../revocationIssuer.js'

const { csca, cscaKey, signer, signerKey } = await makeCountry()
const newKey = await testKey('new csca')
const newName = 'C=XU, O=Utopia, CN=CSCA Utopia 2'
const own = { issuer: country.csca, key: cscaKey }
const revoked = [{ serialNumber: 0x11 }]
const other = await testKey('other')

async function chain(
  lists: readonly ListRequest[],
  policy: RevocationPolicy = 'require',
  more: { anchors?: readonly Uint8Array[]; responses?: readonly Uint8Array[] } = {},
): Promise<ChainResult> {
  const trust = await createTrustStore({ anchors: [csca, ...(more.anchors ?? [])].map((certificate) => ({ certificate })) })
  return verifyChain({
    signer: read(signer),
    trust,
    at,
    document,
    revocation: {
      policy,
      lists: await Promise.all(lists.map(async (request) => parseRevocationList(await revocationList(request)))),
      responses: (more.responses ?? []).map(parseOcspResponse),
    },
  })
}

async function verdict(...given: Parameters<typeof chain>): Promise<string> {
  const { status, reason, data } = checkOf(await chain(...given), 'chain.csca')
  return [status, reason, data?.revocationReason].filter((part) => part !== undefined).join(': ')
}

describe('a revoked document signer', () => {
  it.each<[string, ListRequest, string]>([
    ['not on the list', own, 'passed'],
    ['on the list', { ...own, revoked }, 'failed: revoked'],
    ['on a list signed by somebody else', { ...own, key: other, revoked }, 'inconclusive: revocation-unknown: signature-wrong'],
    [
      'on a list of another name',
      { ...own, issuer: 'C=XU, CN=Other', revoked },
      'inconclusive: revocation-unknown: no-revocation-data',
    ],
    [
      'on no list but a stale one',
      { ...own, nextUpdate: '2025-12-31T00:00:00Z' },
      'inconclusive: revocation-unknown: revocation-data-stale',
    ],
    [
      'on a list of tomorrow',
      { ...own, thisUpdate: '2026-01-02T00:00:00Z' },
      'inconclusive: revocation-unknown: revocation-data-not-yet-valid',
    ],
  ])('%s: %s', async (_, list, expected) => {
    expect(await verdict([list])).toBe(expected)
  })

  const stale = { ...own, thisUpdate: '2025-11-01T00:00:00Z', nextUpdate: '2025-12-31T00:00:00Z' }
  const older = { ...own, thisUpdate: '2025-10-01T00:00:00Z', nextUpdate: '2026-03-01T00:00:00Z' }
  const later = { ...own, thisUpdate: '2026-06-01T00:00:00Z', nextUpdate: '2026-07-01T00:00:00Z' }
  const because = (code: number): Uint8Array => extension('2.5.29.21', encodeTlv(0x0a, Uint8Array.of(code)))
  const entry = (code: number, at?: string) => [
    { serialNumber: 0x11, extensions: [because(code)], ...(at !== undefined && { at }) },
  ]

  it.each<[string, ListRequest[], string]>([
    ['on a list that has become stale: revoked for good', [{ ...stale, revoked }], 'failed: revoked'],
    ['on a stale list, for its key', [{ ...stale, revoked: entry(1) }], 'failed: revoked'],
    ['on a list younger than the time in question, revoked before it', [{ ...later, revoked }], 'failed: revoked'],
    ['on a younger list, revoked afterwards', [{ ...later, revoked: entry(1, '2026-03-01T00:00:00Z') }], 'passed'],
    ['held, on a stale list', [{ ...stale, revoked: entry(6) }], 'passed'],
    ['held, on a list in force', [{ ...own, revoked: entry(6) }], 'failed: revoked'],
    ['on a stale list of somebody else', [{ ...stale, key: other, revoked }], 'passed'],
    ['on the younger of two lists in force', [older, { ...own, revoked }], 'failed: revoked'],
    ['on the younger, which is handed over first', [{ ...own, revoked }, older], 'failed: revoked'],
    ['held on the older of two lists in force, released by the younger', [{ ...older, revoked: entry(6) }, own], 'passed'],
    ['on a stale list, and no more on the one in force', [{ ...stale, revoked }, own], 'passed'],
    ['no more on the list in force, still on a stale one', [own, { ...stale, revoked }], 'passed'],
  ])('%s, under prefer: %s', async (_, lists, expected) => {
    const [status, reason] = (await verdict(lists, 'prefer')).split(': ')
    expect([status, ...(status === 'failed' ? [reason] : [])].join(': ')).toBe(expected)
  })

  it('by an OCSP answer that has become old: revoked for good, unless it was held only', async () => {
    const about = { certificate: read(signer), issuer: read(csca), key: cscaKey, nextUpdate: '2025-12-31T12:00:00Z' }
    const old = async (status: 'revoked' | 'held'): Promise<string> =>
      verdict([], 'prefer', { responses: [await ocspAnswer({ ...about, status })] })
    expect(await old('revoked')).toBe('failed: revoked')
    expect(await old('held')).toBe('passed: revocation-data-stale')
  })

  it.each([
    ['a zero before it', Uint8Array.of(0, 0x11)],
    ['three', Uint8Array.of(0, 0, 0, 0x11)],
  ])('whose number the list writes with %s is no less revoked', async (_, serialNumber) => {
    expect(await verdict([{ ...own, revoked: [{ serialNumber }] }], 'prefer')).toBe('failed: revoked')
  })

  it('is told by its date and reason; that nothing is known, by a finding', async () => {
    expect(checkOf(await chain([{ ...own, revoked }]), 'chain.csca').data).toMatchObject({
      revocation: 'revoked',
      revocationSource: 'crl',
      revokedAt: '2025-06-01T00:00:00Z',
      revocationDataOf: '2025-12-01T00:00:00Z',
    })
    const unknown = await chain([], 'prefer')
    expect(checkOf(unknown, 'chain.csca')).toMatchObject({ status: 'passed', data: { revocation: 'unknown' } })
    expect(unknown.findings).toContainEqual(expect.objectContaining({ code: 'revocation-unknown' }))
  })

  it('fails under prefer, and is not looked at under off or without the option', async () => {
    expect(await verdict([{ ...own, revoked }], 'prefer')).toBe('failed: revoked')
    const off = await chain([{ ...own, revoked }], 'off')
    expect(checkOf(off, 'chain.csca').status).toBe('passed')
    expect(off.revocation).toBeUndefined()
  })

  it('by the present key of its country CA, of which the signer knows nothing', async () => {
    const present = await issue({ subject: country.csca, key: newKey })
    const list = { issuer: country.csca, key: newKey, revoked }
    expect(await verdict([list], 'require', { anchors: [present] })).toBe('failed: revoked')
    expect(await verdict([list])).toBe('inconclusive: revocation-unknown: signature-wrong')
  })

  it('beside an anchor of that name and key which cannot be read: no less revoked', async () => {
    const present = await issue({ subject: country.csca, key: newKey })
    const broken = await issue({
      subject: country.csca,
      key: newKey,
      keyUsage: 'none',
      extensions: [extension('2.5.29.15', encodeTlv(0x04, Uint8Array.of(1)))],
    })
    const renamed = await issue({
      subject: newName,
      key: newKey,
      issuer: { subject: country.csca, key: cscaKey },
      extensions: [sequence(encodeTlv(0x04, Uint8Array.of(1)))],
    })
    const list = { issuer: country.csca, key: newKey, revoked }
    expect(await verdict([list], 'prefer', { anchors: [broken, renamed, present] })).toBe('failed: revoked')
  })

  it('after its country CA changed the name: by the new name, when a link says so, and never by an older one', async () => {
    const link = await issue({ subject: newName, key: newKey, issuer: { subject: country.csca, key: cscaKey }, ca: true })
    const stranger = await issue({ subject: newName, key: newKey })
    const list = { issuer: newName, key: newKey, revoked }
    expect(await verdict([list], 'require', { anchors: [link] })).toBe('failed: revoked')
    expect(await verdict([{ ...list, revoked: [] }], 'require', { anchors: [link] })).toBe('passed')
    expect(await verdict([list], 'require', { anchors: [stranger] })).toBe('inconclusive: revocation-unknown: no-revocation-data')

    const renewed = { subject: newName, key: newKey }
    const later = read(await issue({ subject: 'C=XU, CN=Signer 2', key: signerKey, issuer: renewed }))
    const trust = await createTrustStore({ anchors: [csca, link].map((certificate) => ({ certificate })) })
    const lists = [parseRevocationList(await revocationList(own))]
    const result = await verifyChain({ signer: later, trust, at, document, revocation: { policy: 'require', lists } })
    expect(checkOf(result, 'chain.csca')).toMatchObject({ status: 'inconclusive', reason: 'revocation-unknown' })
  })

  it('by a certificate that may not sign lists: nothing is known', async () => {
    const certificatesOnly = await issue({ subject: country.csca, key: newKey, keyUsage: Uint8Array.of(2, 0x04) })
    const list = { issuer: country.csca, key: newKey, revoked }
    expect(await verdict([list], 'require', { anchors: [certificatesOnly] })).toBe(
      'inconclusive: revocation-unknown: revocation-signer-not-allowed',
    )
  })

  it.each(backends)('by an OCSP answer of the country CA ($name)', async ({ crypto }) => {
    const about = { certificate: read(signer), issuer: read(csca), key: cscaKey }
    expect(await verdict([], 'require', { responses: [await ocspAnswer(about)] })).toBe('passed')
    expect(await verdict([own], 'require', { responses: [await ocspAnswer({ ...about, status: 'revoked' })] })).toBe(
      'failed: revoked',
    )
    expect(await verdict([{ ...own, revoked }], 'require', { responses: [await ocspAnswer(about)] })).toBe('failed: revoked')
    const stale = await ocspAnswer({ ...about, nextUpdate: '2025-12-31T12:00:00Z' })
    expect(await verdict([own], 'require', { responses: [stale] })).toBe('passed')
    expect(await verdict([], 'require', { responses: [stale] })).toBe('inconclusive: revocation-unknown: revocation-data-stale')
    const trust = await createTrustStore({ anchors: [{ certificate: csca }], crypto })
    const lists = [parseRevocationList(await revocationList({ ...own, revoked }))]
    const result = await verifyChain({
      signer: read(signer),
      trust,
      at,
      document,
      revocation: { policy: 'require', lists },
      crypto,
    })
    expect(checkOf(result, 'chain.csca')).toMatchObject({ status: 'failed', reason: 'revoked' })
  })

  it('whose country CA was revoked itself: failed', async () => {
    const oldKey = await testKey('old csca')
    const old = await issue({ subject: country.csca, key: oldKey })
    const link = await issue({
      subject: country.csca,
      key: cscaKey,
      issuer: { subject: country.csca, key: oldKey },
      ca: true,
      serialNumber: Uint8Array.of(0x77),
    })
    const trust = await createTrustStore({ anchors: [old, link].map((certificate) => ({ certificate })) })
    const verify = async (serialNumber: number): Promise<unknown> => {
      const lists = [
        parseRevocationList(await revocationList({ issuer: country.csca, key: oldKey, revoked: [{ serialNumber }] })),
      ]
      const { checks } = await verifyChain({ signer: read(signer), trust, at, document, revocation: { policy: 'prefer', lists } })
      return checkOf({ checks }, 'chain.csca').reason
    }
    expect(await verify(0x77)).toBe('revoked')
    expect(await verify(0x78)).toBeUndefined()
  })

  it('a list of the newer key counts when a link at hand leads to that key, and not when somebody else made the link', async () => {
    const old = { subject: country.csca, key: await testKey('old csca') }
    const attacker = { subject: country.csca, key: await testKey('attacker') }
    const newer = await testKey('newer csca')
    const leaf = await issue({
      subject: country.signer,
      key: await testKey('leaf'),
      issuer: old,
      serialNumber: Uint8Array.of(0x21),
    })
    const lists = [
      parseRevocationList(await revocationList({ issuer: country.csca, key: newer, revoked: [{ serialNumber: 0x21 }] })),
    ]
    const reasonOver = async (issuer: typeof old): Promise<unknown> => {
      const link = await issue({ subject: country.csca, key: newer, issuer, ca: true })
      const certificates = [{ certificate: link }]
      const trust = await createTrustStore({ anchors: [{ certificate: await issue(old) }], certificates })
      const options = { signer: read(leaf), trust, at, document, revocation: { policy: 'require' as const, lists } }
      const { status, reason } = checkOf(await verifyChain(options), 'chain.csca')
      return `${status}: ${reason}`
    }
    expect(await reasonOver(old)).toBe('failed: revoked')
    expect(await reasonOver(attacker)).toBe('inconclusive: revocation-unknown')
  })
})
