import { checkOf, encodeJson } from '@cccd/core'
import { createTrustStore, verifyChain } from '@cccd/pki'
import {
  type CachedRevocation,
  type FetchRevocationOptions,
  fetchRevocation,
  parseOcspRequest,
  RevocationCache,
  type RevocationInput,
  revocationInput,
} from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { country, document } from './demoCountry.js'
import { fixedRandom, testKey } from './issuer.js'
import { hosts, pointsAt, publishedCountry, respondersAt } from './publishedCountry.js'
import { ocspAnswer, revocationList } from './revocationIssuer.js'

const crl = 'http://crl.example/xu.crl'
const mirror = 'http://mirror.example/xu.crl'
const ocsp = 'http://ocsp.example/'
const at = '2026-01-01T12:00:00Z'
const made = await publishedCountry(pointsAt(['ldap://x', crl, mirror]), respondersAt(ocsp))
const { signerCertificate: signer, cscaCertificate: csca, cscaKey } = made
const list = await revocationList({ issuer: country.csca, key: cscaKey })
const listRevoking = await revocationList({ issuer: country.csca, key: cscaKey, revoked: [{ serialNumber: 0x11 }] })
const about = { certificate: signer, issuer: csca, key: cscaKey }
const answer = (more: Partial<Parameters<typeof ocspAnswer>[0]> = {}): Promise<Uint8Array> =>
  ocspAnswer({ ...about, thisUpdate: '2026-01-01T00:00:00Z', nextUpdate: '2026-01-01T18:00:00Z', ...more })
const good = await answer()
const trust = await createTrustStore({ anchors: [{ certificate: made.csca }] })

const fetched = (options: Partial<FetchRevocationOptions>) =>
  fetchRevocation([signer], { at, policy: 'require', issuers: [csca], ...options })

async function verdict(revocation: RevocationInput): Promise<string> {
  const { checks } = await verifyChain({ signer, trust, at, document, revocation })
  const { status, reason, data } = checkOf({ checks }, 'chain.csca')
  return [status, reason, data?.revocationReason].filter((part) => part !== undefined).join(': ')
}

describe('fetchRevocation', () => {
  it('gives lists and answers whose bytes make the same verdict again', async () => {
    const { fetcher, asked } = hosts({ [crl]: () => listRevoking, [ocsp]: () => good })
    const { input, material, misses } = await fetched({ fetcher })
    expect([asked.sort(), misses]).toEqual([[crl, ocsp], []])
    expect(material.map(({ type, url, from, fetchedAt }) => [type, url, from, fetchedAt])).toEqual([
      ['crl', crl, 'network', at],
      ['ocsp', ocsp, 'network', at],
    ])
    expect(await verdict(input)).toBe('failed: revoked')
    const first = await verifyChain({ signer, trust, at, document, revocation: input })
    const again = await verifyChain({
      signer,
      trust,
      at,
      document,
      revocation: revocationInput(structuredClone(material), 'require'),
    })
    expect(encodeJson(again.checks)).toBe(encodeJson(first.checks))
  })

  it('takes the next place of the same list when the first has nothing', async () => {
    const { fetcher, asked } = hosts({ [crl]: () => 503, [mirror]: () => list })
    const { input } = await fetched({ fetcher, sources: ['crl'] })
    expect(asked).toEqual([crl, mirror])
    expect(await verdict(input)).toBe('passed')
  })

  it('takes the next place also when what the first gives is signed by nobody known', async () => {
    const forged = await revocationList({ issuer: country.csca, key: await testKey('other') })
    const { fetcher } = hosts({ [crl]: () => forged, [mirror]: () => list })
    expect(await verdict((await fetched({ fetcher, sources: ['crl'] })).input)).toBe('passed')
    const { input, material } = await fetched({ fetcher: hosts({ [crl]: () => forged }).fetcher, sources: ['crl'] })
    expect([material.length, await verdict(input)]).toEqual([1, 'inconclusive: revocation-unknown: signature-wrong'])
  })

  it('says for each address why there is nothing, and leaves the verdict to the policy', async () => {
    const { fetcher } = hosts({
      [crl]: () => 404,
      [mirror]: () => Uint8Array.of(1),
      [ocsp]: () => Uint8Array.of(0x30, 3, 0x0a, 1, 3),
    })
    const { input, misses } = await fetched({ fetcher })
    expect(misses).toEqual([
      { type: 'crl', reason: 'malformed', url: mirror },
      { type: 'ocsp', reason: 'refused-by-responder', url: ocsp },
    ])
    expect(await verdict(input)).toBe('inconclusive: revocation-unknown: no-revocation-data')
    expect(await verdict({ ...input, policy: 'prefer' })).toBe('passed: no-revocation-data')
    const unreachable = await fetched({ fetcher: hosts({}).fetcher, sources: ['ocsp'] })
    expect(unreachable.misses).toEqual([{ type: 'ocsp', reason: 'no-answer', code: 'HTTP_CONNECTION', url: ocsp }])
  })

  it('asks nobody when told to be off, when offline, about anchors and without addresses', async () => {
    const { fetcher, asked } = hosts({ [crl]: () => list })
    expect(await fetched({ fetcher, policy: 'off' })).toEqual({ input: { policy: 'off' }, material: [], misses: [] })
    expect((await fetched({})).misses.map(({ reason }) => reason)).toEqual(['offline', 'offline'])
    expect((await fetchRevocation([csca], { fetcher, at, policy: 'require', issuers: [csca] })).misses).toEqual([])
    const bare = (await publishedCountry()).signerCertificate
    expect((await fetchRevocation([bare], { fetcher, at, policy: 'require', issuers: [csca] })).misses).toEqual([
      { type: 'crl', reason: 'no-address' },
      { type: 'ocsp', reason: 'no-address' },
    ])
    expect(asked).toEqual([])
    const strangers = [
      { type: 'crl', reason: 'no-issuer' },
      { type: 'ocsp', reason: 'no-issuer' },
    ]
    expect((await fetched({ fetcher, issuers: [] })).misses).toEqual(strangers)
    expect((await fetchRevocation([signer, csca], { fetcher, at, policy: 'require', issuers: [] })).misses).toEqual(strangers)
    expect(asked).toEqual([])
    await expect(fetched({ at: 'yesterday' })).rejects.toThrow(RangeError)
  })

  it('sends a nonce and refuses an answer with another, or without one where it must be', async () => {
    const nonce = { random: fixedRandom('nonce') }
    const echo = hosts({ [ocsp]: ({ body }) => answer({ nonce: parseOcspRequest(body as Uint8Array).nonce as Uint8Array }) })
    expect((await fetched({ ...echo, nonce: { ...nonce, required: true }, sources: ['ocsp'] })).material).toHaveLength(1)
    const replayed = hosts({ [ocsp]: () => answer({ nonce: new Uint8Array(16) }) })
    const none = hosts({ [ocsp]: () => good })
    const different = [{ type: 'ocsp', reason: 'nonce-differs', url: ocsp }]
    expect((await fetched({ ...replayed, nonce, sources: ['ocsp'] })).misses).toEqual(different)
    expect((await fetched({ ...none, nonce: { ...nonce, required: true }, sources: ['ocsp'] })).misses).toEqual(different)
    expect((await fetched({ ...none, nonce, sources: ['ocsp'] })).material).toHaveLength(1)
  })
})

describe('the cache of revocation', () => {
  const only = { sources: ['crl'] } as const

  it('answers for a day, then asks again; what is stale is handed on as such and counts until its next update', async () => {
    const cache = new RevocationCache()
    const { fetcher, asked } = hosts({ [crl]: () => list })
    await fetched({ fetcher, cache, ...only })
    const second = await fetched({ fetcher, cache, ...only, at: '2026-01-02T11:00:00Z' })
    expect([asked.length, second.material[0]?.from, second.material[0]?.fetchedAt]).toEqual([1, 'cache', at])
    const due = await fetched({ fetcher: hosts({}).fetcher, cache, ...only, at: '2026-01-03T00:00:00Z' })
    expect([due.material[0]?.from, due.misses.length, await verdict(due.input)]).toEqual(['stale', 1, 'passed'])
    const later = '2026-02-02T00:00:00Z'
    const stale = await fetched({ fetcher: hosts({}).fetcher, cache, ...only, at: later })
    expect(stale.material[0]?.from).toBe('stale')
    const { checks } = await verifyChain({ signer, trust, at: later, document, revocation: stale.input })
    expect(checkOf({ checks }, 'chain.csca')).toMatchObject({
      status: 'inconclusive',
      data: { revocationReason: 'revocation-data-stale' },
    })
    await fetched({ fetcher, cache, ...only, at: '2026-02-03T00:00:00Z' })
    expect(asked).toHaveLength(2)
  })

  it('keeps nothing that no known authority signed', async () => {
    const cache = new RevocationCache()
    const forged = await revocationList({ issuer: country.csca, key: await testKey('other'), nextUpdate: '2049-01-01T00:00:00Z' })
    const { fetcher, asked } = hosts({ [crl]: () => forged })
    const { input } = await fetched({ fetcher, cache, ...only })
    expect(await verdict(input)).toBe('inconclusive: revocation-unknown: signature-wrong')
    await fetched({ fetcher, cache, ...only })
    expect(asked.filter((url) => url === crl)).toHaveLength(2)
    const answers = hosts({ [ocsp]: () => answer({ thisUpdate: '2024-01-01T00:00:00Z', nextUpdate: '2024-01-02T00:00:00Z' }) })
    await fetched({ ...answers, cache, sources: ['ocsp'] })
    await fetched({ ...answers, cache, sources: ['ocsp'] })
    expect(answers.asked).toHaveLength(2)
  })

  it('asks once for many readings at a time, and an address that failed not again at once', async () => {
    const cache = new RevocationCache({ failureSeconds: 30 })
    const { fetcher, asked } = hosts({ [crl]: () => list })
    const all = await Promise.all(Array.from({ length: 20 }, () => fetched({ fetcher, cache, ...only })))
    expect([asked.length, all.every(({ material }) => material.length === 1)]).toEqual([1, true])
    const down = hosts({})
    for (const second of ['00', '10', '29', '45'])
      await fetched({ ...down, cache, sources: ['ocsp'], at: `2026-01-01T12:00:${second}Z` })
    expect(down.asked).toHaveLength(2)
  })

  it('stays within its limits and finds in the store what it let go', async () => {
    const stored = new Map<string, CachedRevocation>()
    const store = {
      get: async (key: string) => stored.get(key),
      set: async (key: string, entry: CachedRevocation) => void stored.set(key, entry),
    }
    const entry = { bytes: new Uint8Array(10), fetchedAt: at, expires: at }
    for (const limit of [{ maxEntries: 1 }, { maxBytes: 15 }]) {
      const small = new RevocationCache(limit)
      await small.set('a', entry)
      await small.set('b', entry)
      expect([await small.get('a'), await small.get('b')]).toEqual([undefined, entry])
    }
    expect(() => new RevocationCache({ maxBytes: -1 })).toThrow(RangeError)
    await fetched({ ...hosts({ [crl]: () => list }), cache: new RevocationCache({ store }), ...only })
    expect([...stored.keys()]).toEqual([`crl ${crl}`])
    const offline = await fetched({ cache: new RevocationCache({ store }), ...only })
    expect([offline.material[0]?.from, await verdict(offline.input)]).toEqual(['cache', 'passed'])
  })
})
