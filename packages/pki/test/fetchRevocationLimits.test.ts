import { createServer } from 'node:http'
import { defaultCrypto } from '@cccd/crypto/default'
import { type Fetcher, type OutboundRequest, webFetcher } from '@cccd/http'
import { nodeFetcher } from '@cccd/http/node'
import { createTrustStore, verifyChain } from '@cccd/pki'
import { type FetchRevocationOptions, fetchRevocation, RevocationCache, type RevocationStore } from '@cccd/pki/revocation'
import { describe, expect, it } from 'vitest'
import { Errand } from '../src/fetch/Errand.js'
import { SharedRequests } from '../src/revocation/fetch/SharedRequests.js'
import { country, document, read } from './demoCountry.js'
import { issue } from './issuer.js'
import { hosts, pointsAt, publishedCountry, respondersAt } from './publishedCountry.js'
import { revocationList } from './revocationIssuer.js'

const crl = 'http://crl.example/xu.crl'
const mirror = 'http://mirror.example/xu.crl'
const ocsp = 'http://ocsp.example/'
const at = '2026-01-01T12:00:00Z'
const { signerCertificate, cscaCertificate, cscaKey, csca } = await publishedCountry(pointsAt([crl, mirror]), respondersAt(ocsp))
const list = await revocationList({ issuer: country.csca, key: cscaKey })

const never = (): Promise<never> => new Promise(() => undefined)

/** A way out that answers nothing, and says what was asked and what was ended. */
function silence() {
  const asked: OutboundRequest[] = []
  const fetcher: Fetcher = {
    fetch(request) {
      asked.push(request)
      return never()
    },
  }
  return { fetcher, asked, ended: () => asked.map(({ signal }) => signal?.aborted) }
}

const fetched = (options: Partial<FetchRevocationOptions>) =>
  fetchRevocation([signerCertificate], { at, policy: 'require', issuers: [cscaCertificate], ...options })

/** Each place at which a call can wait for somebody else. */
const places: readonly (readonly [string, () => Partial<FetchRevocationOptions>])[] = [
  ['a host that is silent', () => ({ fetcher: webFetcher({ policy: { schemes: ['http'] }, fetch: never }) })],
  ['a fetcher that heeds neither signal nor deadline', () => silence()],
  [
    'a store that gives nothing',
    () => ({ fetcher: silence().fetcher, cache: new RevocationCache({ store: { get: never, set: never } }) }),
  ],
  [
    'a store that takes nothing',
    () => ({
      fetcher: hosts({ [crl]: () => list, [ocsp]: never }).fetcher,
      cache: new RevocationCache({ store: { get: async () => undefined, set: never } }),
    }),
  ],
  [
    'a key that is verified elsewhere',
    () => ({ fetcher: silence().fetcher, crypto: { ...defaultCrypto(), importPublicKey: never } }),
  ],
]

describe('the deadline of fetchRevocation', () => {
  it.each(places)('is kept before %s', async (_, options) => {
    const { material, misses } = await fetched({ ...options(), deadline: 30 })
    expect(material).toEqual([])
    expect(misses.map(({ type }) => type).sort()).toEqual(['crl', 'ocsp'])
    for (const { reason, code } of misses) expect(reason === 'out-of-time' || code === 'HTTP_TIMEOUT').toBe(true)
  })

  it('gives each request half of the time, so that the next place of a list is asked', async () => {
    const { fetcher, asked } = hosts({ [crl]: never, [mirror]: () => list })
    const { material } = await fetched({ fetcher, sources: ['crl'], deadline: 200 })
    expect([asked, material.map(({ url }) => url)]).toEqual([[crl, mirror], [mirror]])
    const { fetcher: silent, asked: requests, ended } = silence()
    await fetched({ fetcher: silent, deadline: 40 })
    expect(requests.map(({ deadline }) => deadline)).toEqual(requests.map(() => 20))
    expect(ended()).toEqual(requests.map(() => true))
  })

  it('hands on what is known, also when time is up', async () => {
    const cache = new RevocationCache()
    await fetched({ fetcher: hosts({ [crl]: () => list }).fetcher, cache, sources: ['crl'] })
    const later = '2026-01-03T00:00:00Z'
    const { material, misses } = await fetched({ fetcher: silence().fetcher, cache, sources: ['crl'], at: later, deadline: 20 })
    expect([material.map(({ from }) => from), misses.length > 0]).toEqual([['stale'], true])
  })

  it('leaves a silent host alone for a while after', async () => {
    const cache = new RevocationCache()
    await fetched({ fetcher: silence().fetcher, cache, deadline: 20, sources: ['ocsp'] })
    const { fetcher, asked } = silence()
    expect((await fetched({ fetcher, cache, sources: ['ocsp'] })).misses).toEqual([
      { type: 'ocsp', reason: 'failed-lately', url: ocsp },
    ])
    expect(asked).toEqual([])
  })

  it('is what a policy of require is held to: nothing passes for want of time', async () => {
    const trust = await createTrustStore({ anchors: [{ certificate: csca }] })
    const { input } = await fetched({ fetcher: silence().fetcher, deadline: 20 })
    const { checks } = await verifyChain({ signer: signerCertificate, trust, at, document, revocation: input })
    expect(checks[0]).toMatchObject({ id: 'chain.csca', status: 'inconclusive', reason: 'revocation-unknown' })
  })

  it('is kept where the runtime makes no signals', async () => {
    const own = globalThis.AbortController
    Reflect.set(globalThis, 'AbortController', undefined)
    try {
      const { fetcher, asked, ended } = silence()
      const { misses } = await fetched({ fetcher, deadline: 40 })
      expect(misses.length).toBeGreaterThan(0)
      expect([asked.every(({ deadline }) => deadline === 20), ended()]).toEqual([true, asked.map(() => undefined)])
    } finally {
      globalThis.AbortController = own
    }
  })

  it('must be one', async () => {
    for (const wrong of [{ deadline: 0 }, { deadline: Number.NaN }, { maxRequests: 0 }, { maxRequests: 1.5 }])
      await expect(fetched({ ...silence(), ...wrong })).rejects.toThrow(RangeError)
  })
})

describe('the signal of fetchRevocation', () => {
  it.each(places)('ends it before %s', async (_, options) => {
    const controller = new AbortController()
    const result = fetched({ ...options(), signal: controller.signal })
    setTimeout(() => controller.abort(), 20)
    await expect(result).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
  })

  it('asks nobody when it has aborted before', async () => {
    const { fetcher, asked } = silence()
    await expect(fetched({ fetcher, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    expect(asked).toEqual([])
  })

  it('ends every request in flight and leaves nothing: no entry, no failure, nothing that comes late', async () => {
    const stored: string[] = []
    const store: RevocationStore = { get: async () => undefined, set: async (key) => void stored.push(key) }
    const cache = new RevocationCache({ store })
    const answers: ((body: Uint8Array) => void)[] = []
    const signals: (AbortSignal | undefined)[] = []
    const fetcher: Fetcher = {
      fetch: ({ url, signal }) =>
        new Promise((resolve) => {
          signals.push(signal)
          answers.push((body) => resolve({ status: 200, url, body }))
        }),
    }
    const controller = new AbortController()
    const result = fetched({ fetcher, cache, signal: controller.signal })
    await expect.poll(() => answers.length).toBe(2)
    controller.abort()
    await expect(result).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true])
    for (const answer of answers) answer(list)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect([stored, cache.remembered(`crl ${crl}`), cache.failedLately(`crl ${crl}`, at)]).toEqual([[], undefined, false])
    const again = await fetched({ fetcher: hosts({ [crl]: () => list }).fetcher, cache, sources: ['crl'] })
    expect([again.material[0]?.from, stored]).toEqual(['network', [`crl ${crl}`]])
  })

  it('closes the connections', async () => {
    let closed = 0
    let open = 0
    const server = createServer((_, response) => {
      open++
      response.on('close', () => closed++)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const url = `http://127.0.0.1:${port}/`
    const { signerCertificate: signer } = await publishedCountry(pointsAt([url]), respondersAt(url))
    const fetcher = nodeFetcher({ policy: { schemes: ['http'], ports: [port], allowPrivateAddresses: true } })
    const cache = new RevocationCache()
    const about = { at, policy: 'require', issuers: [cscaCertificate], fetcher, cache } as const
    const controller = new AbortController()
    const cancelled = fetchRevocation([signer], { ...about, signal: controller.signal }).catch(({ code }) => code)
    await expect.poll(() => open).toBe(2)
    controller.abort()
    expect(await cancelled).toBe('HTTP_ABORTED')
    await expect.poll(() => closed).toBe(2)
    // What the fetcher says of its own end is no failure of the host.
    expect(cache.failedLately(`crl ${url}`, at)).toBe(false)
    await fetchRevocation([signer], { ...about, deadline: 60 })
    await expect.poll(() => closed).toBe(open)
    server.close()
  })

  it('sends nothing for an errand that is over', async () => {
    const errand = new Errand({ deadline: 1000, signal: AbortSignal.abort(), maxRequests: 1 })
    let sent = 0
    const joined = new SharedRequests().join('key', errand, async () => sent++)
    await expect(joined).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    errand.deadline.end()
    expect(sent).toBe(0)
  })

  it('of one call does not end the request that another waits for', async () => {
    const cache = new RevocationCache()
    const signals: (AbortSignal | undefined)[] = []
    let answer = (): void => undefined
    const fetcher: Fetcher = {
      fetch: ({ url, signal }) =>
        new Promise((resolve) => {
          signals.push(signal)
          answer = () => resolve({ status: 200, url, body: list })
        }),
    }
    const controller = new AbortController()
    const first = fetched({ fetcher, cache, sources: ['crl'], signal: controller.signal })
    const second = fetched({ fetcher, cache, sources: ['crl'] })
    const hurried = fetched({ fetcher, cache, sources: ['crl'], deadline: 25 })
    await expect.poll(() => signals.length).toBe(1)
    controller.abort()
    await expect(first).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    expect((await hurried).misses[0]).toMatchObject({ reason: 'out-of-time' })
    expect([signals[0]?.aborted, cache.failedLately(`crl ${crl}`, at)]).toEqual([false, false])
    answer()
    expect((await second).material).toHaveLength(1)
    expect(signals).toHaveLength(1)
  })
})

describe('a certificate with a thousand addresses', () => {
  const many = (of: string): string[] => Array.from({ length: 1000 }, (_, index) => `http://${of}${index}.example/`)

  it('makes few requests, however they are spread', async () => {
    for (const [extensions, most] of [
      [[pointsAt(many('crl'))], 3],
      [[pointsAt(...many('crl').map((url) => [url]))], 0],
      [[respondersAt(...many('ocsp'))], 3],
      [
        [
          pointsAt(
            ...many('crl')
              .slice(0, 60)
              .map((url) => [url]),
          ),
        ],
        4,
      ],
    ] as const) {
      const { signerCertificate: signer } = await publishedCountry(...extensions)
      const { fetcher, asked } = hosts({})
      await fetchRevocation([signer], { at, policy: 'require', issuers: [cscaCertificate], fetcher })
      expect(asked.length).toBe(most)
    }
  })

  it('among sixteen makes no more than the call may', async () => {
    const signers = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const extensions = [pointsAt(...[0, 1, 2, 3].map((point) => many(`c${index}p${point}h`).slice(0, 3)))]
        const issuer = { subject: country.csca, key: cscaKey }
        return read(await issue({ subject: `C=XU, CN=Signer ${index}`, key: cscaKey, issuer, extensions }))
      }),
    )
    for (const maxRequests of [undefined, 5]) {
      const { fetcher, asked } = hosts({})
      const { misses } = await fetchRevocation(signers, {
        at,
        policy: 'require',
        issuers: [cscaCertificate],
        fetcher,
        ...(maxRequests !== undefined && { maxRequests }),
      })
      expect(asked.length).toBe(maxRequests ?? 32)
      expect(misses.some(({ reason }) => reason === 'request-limit')).toBe(true)
    }
  })
})
