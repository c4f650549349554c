import type { Fetcher, OutboundRequest } from '@cccd/http'
import { parseCertificate } from '@cccd/pki'
import { type FetchIssuersOptions, fetchIssuers, parseIssuerCertificates, verifyCertificatePath } from '@cccd/pki/path'
import { describe, expect, it } from 'vitest'
import { backends } from './backends.js'
import { extension, signedData, testKey } from './issuer.js'
import { hosts } from './publishedCountry.js'
import {
  certificateOf,
  certificatesOnly,
  end,
  endAt,
  low,
  lowByStranger,
  middle,
  names,
  root,
  urls,
} from './servedAuthorities.js'

const at = '2026-01-01T00:00:00Z'
const anchors = [root]
const published = { [urls.low]: () => certificatesOnly([low.raw]), [urls.middle]: () => middle.raw, [urls.root]: () => root.raw }
const endRequest = {
  subject: names.end,
  key: await testKey('served end'),
  issuer: { subject: names.low, key: await testKey('served low') },
}
const never = (): Promise<never> => new Promise(() => undefined)

const fetched = (options: Partial<FetchIssuersOptions> = {}, certificate = end) =>
  fetchIssuers(certificate, { fetcher: hosts(published).fetcher, anchors, ...options })

describe('fetchIssuers', () => {
  it.each(backends)('finds the authorities between, so that the path passes which did not before ($name)', async ({ crypto }) => {
    const { fetcher, asked } = hosts(published)
    const path = { certificate: end, anchors, at, crypto }
    expect(await verifyCertificatePath(path)).toMatchObject({ status: 'inconclusive', reason: 'no-trust-anchor' })
    const { certificates, material, misses } = await fetched({ fetcher, crypto })
    expect([asked, misses]).toEqual([[urls.low, urls.middle], []])
    expect(await verifyCertificatePath({ ...path, certificates })).toMatchObject({ status: 'passed' })
    const again = structuredClone(material).map(({ bytes }) => parseCertificate(bytes))
    expect(again.map(({ subject }) => subject.text)).toEqual([names.low, names.middle])
    expect(await verifyCertificatePath({ ...path, certificates: again })).toMatchObject({ status: 'passed' })
  })

  it('asks plainly, within its limits, and takes any media type', async () => {
    const requests: OutboundRequest[] = []
    const fetcher: Fetcher = {
      async fetch(request) {
        requests.push(request)
        return { status: 200, url: request.url, mediaType: 'application/octet-stream', body: low.raw }
      },
    }
    await fetched({ fetcher, maxDepth: 1, maxBytes: 5000, deadline: 2000 })
    expect(requests).toEqual([
      {
        url: urls.low,
        headers: { accept: 'application/pkix-cert, application/pkcs7-mime' },
        maxBytes: 5000,
        deadline: 1000,
        signal: expect.anything(),
      },
    ])
  })

  it('asks nobody about what an anchor has issued or what came along, and goes on from there', async () => {
    const { fetcher, asked } = hosts(published)
    expect(await fetched({ fetcher }, middle)).toEqual({ certificates: [], material: [], misses: [] })
    expect(await fetched({ fetcher }, root)).toEqual({ certificates: [], material: [], misses: [] })
    expect((await fetched({ fetcher, certificates: [low, middle] })).certificates).toEqual([])
    expect(asked).toEqual([])
    expect((await fetched({ fetcher, certificates: [low] })).certificates).toEqual([middle])
    expect(asked).toEqual([urls.middle])
  })

  it('takes a whole path from one answer, and of it only what belongs to the path', async () => {
    const stranger = await certificateOf({
      subject: 'C=XU, CN=Stranger',
      key: await testKey('stranger'),
      ca: true,
      issuer: { subject: names.root, key: await testKey('served root') },
    })
    const { fetcher, asked } = hosts({ [urls.low]: () => certificatesOnly([root.raw, stranger.raw, middle.raw, low.raw]) })
    const { certificates, misses } = await fetched({ fetcher })
    expect(certificates.map(({ subject }) => subject.text)).toEqual([names.low, names.middle])
    expect([asked, misses]).toEqual([[urls.low], [{ reason: 'self-signed', url: urls.low }]])
  })

  it('takes the next place when the first gives what has not signed the certificate', async () => {
    const places = ['http://a.example/', 'http://b.example/', 'http://c.example/']
    const { fetcher, asked } = hosts({
      'http://a.example/': () => middle.raw,
      'http://b.example/': () => 404,
      'http://c.example/': () => low.raw,
    })
    const { certificates, misses } = await fetched({ fetcher }, await endAt(...places, 'http://d.example/'))
    expect(asked).toEqual(places)
    expect(certificates).toEqual([low, middle])
    expect(misses).toEqual([
      { reason: 'not-the-issuer', url: places[0] },
      { reason: 'http-status', url: places[1] },
    ])
  })

  it('says why there is nothing', async () => {
    const bare = await certificateOf(endRequest)
    expect((await fetched({}, bare)).misses).toEqual([{ reason: 'no-address' }])
    const miss = async (answer: Uint8Array | number | undefined, url = urls.low) => {
      const { fetcher } = hosts(answer === undefined ? {} : { [url]: () => answer })
      return (await fetched({ fetcher, maxDepth: 1 }, await endAt(url))).misses
    }
    expect(await miss(undefined)).toEqual([{ reason: 'no-answer', code: 'HTTP_CONNECTION', url: urls.low }])
    expect(await miss(500)).toEqual([{ reason: 'http-status', url: urls.low }])
    expect(await miss(Uint8Array.of(1))).toEqual([{ reason: 'malformed', code: 'PKI_BAD_SIGNED_DATA', url: urls.low }])
    expect(await miss(middle.raw)).toEqual([{ reason: 'not-the-issuer', url: urls.low }])
    expect(await miss(root.raw)).toEqual([{ reason: 'self-signed', url: urls.low }])
    expect(await miss(low.raw)).toEqual([{ reason: 'depth-limit' }])
    expect(await miss(new Uint8Array(300_000))).toEqual([{ reason: 'no-answer', code: 'HTTP_TOO_LARGE', url: urls.low }])
    expect(await miss(low.raw, 'ldap://pki.example/low')).toEqual([{ reason: 'scheme', url: 'ldap://pki.example/low' }])
  })

  it('gives what it has when time is up, each request half of it', async () => {
    const slow = hosts({ ...published, [urls.middle]: never })
    const { certificates, misses } = await fetched({ ...slow, deadline: 60 })
    expect([certificates, misses]).toEqual([[low], [{ reason: 'no-answer', code: 'HTTP_TIMEOUT', url: urls.middle }]])
    const places = ['http://a.example/', 'http://b.example/', 'http://c.example/'] as const
    const silent: (AbortSignal | undefined)[] = []
    const fetcher: Fetcher = {
      fetch({ signal }) {
        silent.push(signal)
        return never()
      },
    }
    const late = await fetched({ fetcher, deadline: 40 }, await endAt(...places))
    expect(late.misses.some(({ reason }) => reason === 'out-of-time')).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(silent.map((signal) => signal?.aborted)).toEqual([true, true])
  })

  it('ends with the signal of the caller, and asks nobody after', async () => {
    const { fetcher, asked } = hosts({ ...published, [urls.low]: never })
    const controller = new AbortController()
    const result = fetched({ fetcher, signal: controller.signal })
    await expect.poll(() => asked.length).toBe(1)
    controller.abort()
    await expect(result).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    await expect(fetched({ fetcher, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    expect(asked).toEqual([urls.low])
  })

  it('has limits that are some', async () => {
    for (const wrong of [{ maxDepth: 0 }, { maxBytes: 0.5 }, { maxRequests: -1 }, { deadline: -1 }])
      await expect(fetched(wrong)).rejects.toThrow(RangeError)
  })

  it('follows nothing in a certificate whose addresses cannot be read', async () => {
    const { fetcher, asked } = hosts(published)
    const extensions = [extension('1.3.6.1.5.5.7.1.1', Uint8Array.of(0x30, 3, 2, 1, 1))]
    expect((await fetched({ fetcher }, await certificateOf({ ...endRequest, extensions }))).misses).toEqual([
      { reason: 'no-address' },
    ])
    expect(asked).toEqual([])
  })
})

describe('parseIssuerCertificates', () => {
  it('reads a certificate, and certs-only SignedData but for what is no certificate in it', () => {
    expect(parseIssuerCertificates(low.raw)).toEqual([low])
    expect(parseIssuerCertificates(certificatesOnly([low.raw, Uint8Array.of(0x30, 0), lowByStranger.raw]))).toEqual([
      low,
      lowByStranger,
    ])
  })

  it.each<[string, Uint8Array]>([
    ['no certificates', certificatesOnly([])],
    ['nothing that is one', certificatesOnly([Uint8Array.of(0x30, 0)])],
    ['content', signedData(Uint8Array.of(1), [low.raw], [], '1.2.840.113549.1.7.1')],
    ['bytes left over', Uint8Array.of(...certificatesOnly([low.raw]), 0)],
    ['a certificate with bytes left over', Uint8Array.of(...low.raw, 0)],
    ['PEM', new TextEncoder().encode('-----BEGIN CERTIFICATE-----')],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseIssuerCertificates(bytes)).toThrow(expect.objectContaining({ code: 'PKI_BAD_SIGNED_DATA' }))
  })
})
