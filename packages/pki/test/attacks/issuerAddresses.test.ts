import { createServer, type RequestListener, type Server } from 'node:http'
import { defaultCrypto } from '@cccd/crypto/default'
import { nodeFetcher } from '@cccd/http/node'
import type { Certificate } from '@cccd/pki'
import { fetchIssuers, verifyCertificatePath } from '@cccd/pki/path'
import { afterEach, describe, expect, it } from 'vitest'
import { testKey } from '../issuer.js'
import { hosts, issuersAt } from '../publishedCountry.js'
import {
  certificateOf,
  certificatesOnly,
  end,
  endAt,
  low,
  lowAt,
  middle,
  middleByLow,
  names,
  otherKey,
  root,
  urls,
} from '../servedAuthorities.js'

const at = '2026-01-01T00:00:00Z'
const running: Server[] = []
afterEach(() => {
  for (const server of running.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** A host on the loopback address; gives its port and what it was asked. */
async function inside(listener: RequestListener) {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    listener(request, response)
  })
  running.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, asked }
}

const secret: RequestListener = (_, response) => void response.end('secret')

describe('addresses of the issuer in a certificate (caIssuers) that lead inside', () => {
  it.each([
    ['loopback', 'http://127.0.0.1:PORT/', 'HTTP_REFUSED'],
    ['metadata of a cloud machine', 'http://169.254.169.254/latest/meta-data/', 'HTTP_REFUSED'],
    ['IPv6 loopback', 'http://[::1]:PORT/', 'HTTP_REFUSED'],
    ['IPv6-mapped', 'http://[::ffff:127.0.0.1]:PORT/', 'HTTP_REFUSED'],
    ['IPv6-mapped, in hexadecimal', 'http://[::ffff:7f00:1]:PORT/', 'HTTP_REFUSED'],
    ['NAT64', 'http://[64:ff9b::7f00:1]:PORT/', 'HTTP_REFUSED'],
    ['a decimal host', 'http://2130706433:PORT/', 'HTTP_URL'],
    ['a hexadecimal host', 'http://0x7f000001:PORT/', 'HTTP_URL'],
    ['a short host', 'http://127.1:PORT/', 'HTTP_URL'],
    ['an octal host', 'http://0177.0.0.1:PORT/', 'HTTP_URL'],
    ['a user in front', 'http://pki.example@127.0.0.1:PORT/', 'HTTP_URL'],
    ['a name of the machine', 'http://localhost:PORT/', 'HTTP_REFUSED'],
    ['a public name with an address inside', 'http://pki.example:PORT/', 'HTTP_REFUSED'],
    ['another port', 'http://pki.example:22/', 'HTTP_REFUSED'],
    ['another scheme', 'file:///etc/passwd', 'scheme'],
    ['a header in the address', 'http://pki.example/\r\nx-injected: 1', 'HTTP_URL'],
  ])('%s: nothing is sent', async (_, address, code) => {
    const { port, asked } = await inside(secret)
    const policy = { schemes: ['http', 'https'], ports: [80, 443, port] } as const
    const fetcher = nodeFetcher({ policy, resolve: async () => ['127.0.0.1'] })
    const certificate = await endAt(address.replace('PORT', String(port)))
    const { certificates, misses } = await fetchIssuers(certificate, { fetcher, anchors: [root] })
    expect([certificates, misses.map((miss) => miss.code ?? miss.reason), asked]).toEqual([[], [code], []])
  })

  it('a name with a public address and one inside, or now one and then the other (DNS rebinding): nothing is sent', async () => {
    const { port, asked } = await inside(secret)
    const answers = [['1.1.1.1', '127.0.0.1'], ['127.0.0.1'], ['::ffff:127.0.0.1', '1.1.1.1']]
    const fetcher = nodeFetcher({ policy: { schemes: ['http'], ports: [port] }, resolve: async () => answers.shift() ?? [] })
    const certificate = await endAt(...[1, 2, 3].map((path) => `http://rebind.example:${port}/${path}`))
    const { misses } = await fetchIssuers(certificate, { fetcher, anchors: [root] })
    expect([misses.map(({ code }) => code), asked]).toEqual([['HTTP_REFUSED', 'HTTP_REFUSED', 'HTTP_REFUSED'], []])
  })

  it.each([
    ['metadata', 'http://169.254.169.254/latest/meta-data/', 'HTTP_REFUSED'],
    ['an IPv6-mapped address', 'http://[::ffff:10.0.0.1]/', 'HTTP_REFUSED'],
    ['a decimal host', 'http://2852039166/', 'HTTP_URL'],
    ['a host that is not allowed', 'http://other.example/', 'HTTP_REFUSED'],
    ['a file', 'file:///etc/passwd', 'HTTP_URL'],
  ])('a redirect from an allowed host to %s is not followed', async (_, location, code) => {
    const { port, asked } = await inside((__, response) => void response.writeHead(302, { location }).end())
    const resolve = async (name: string): Promise<readonly string[]> => (name === 'pki.example' ? ['127.0.0.1'] : ['10.0.0.1'])
    // Private addresses are allowed for the sake of the test's own host; what refuses is everything else.
    const policy = { schemes: ['http'], ports: [port, 80], hosts: ['pki.example'], allowPrivateAddresses: true } as const
    const certificate = await endAt(`http://pki.example:${port}/low.cer`)
    const { misses } = await fetchIssuers(certificate, { fetcher: nodeFetcher({ policy, resolve }), anchors: [root] })
    expect([misses.map((miss) => miss.code), asked.length]).toEqual([[code], 1])
  })

  it('in a certificate that a host gave are held to the same policy', async () => {
    const { port, asked } = await inside((request, response) => {
      if (request.url === '/low') response.end(evil.raw)
      else response.end('secret')
    })
    const evil = await lowAt(`http://10.0.0.1:${port}/`, `http://[::ffff:127.0.0.1]:${port}/secret`, `http://2130706433:${port}/`)
    const policy = { schemes: ['http'], ports: [port], hosts: ['pki.example'], allowPrivateAddresses: true } as const
    const fetcher = nodeFetcher({ policy, resolve: async () => ['127.0.0.1'] })
    const { misses } = await fetchIssuers(await endAt(`http://pki.example:${port}/low`), { fetcher, anchors: [root] })
    expect([misses.map(({ code }) => code), asked]).toEqual([['HTTP_REFUSED', 'HTTP_REFUSED', 'HTTP_URL'], ['/low']])
  })
})

describe('an authority that a host hands out', () => {
  async function status(certificate: Certificate, anchors: readonly Certificate[], served: Record<string, () => Uint8Array>) {
    const found = await fetchIssuers(certificate, { fetcher: hosts(served).fetcher, anchors })
    const { status: outcome, reason } = await verifyCertificatePath({
      certificate,
      anchors,
      certificates: found.certificates,
      at,
    })
    return { found, verdict: reason === undefined ? outcome : `${outcome}: ${reason}` }
  }
  const served = { [urls.low]: () => low.raw, [urls.middle]: () => middle.raw, [urls.root]: () => root.raw }

  it('is no anchor: a self-signed root is not even handed on', async () => {
    const { found, verdict } = await status(end, [], served)
    expect(verdict).toBe('inconclusive: no-trust-anchor')
    expect(found.certificates).toEqual([low, middle])
    expect(found.misses).toEqual([{ reason: 'self-signed', url: urls.root }])
    const together = await status(end, [], { [urls.low]: () => certificatesOnly([low.raw, middle.raw, root.raw]) })
    expect([together.verdict, together.found.certificates]).toEqual(['inconclusive: no-trust-anchor', [low, middle]])
    expect((await status(end, [root], served)).verdict).toBe('passed')
  })

  it('of the name of a trusted one under a key of its own changes nothing', async () => {
    const impostor = { subject: names.root, key: otherKey }
    const evilRoot = await certificateOf({ ...impostor, ca: true, pathLength: 'none' })
    const evilEnd = await certificateOf({
      subject: names.end,
      key: await testKey('evil'),
      issuer: impostor,
      authorityKeyIdentifier: (await testKey('served root')).identifier,
      extensions: [issuersAt(urls.root)],
    })
    const { found, verdict } = await status(evilEnd, [root], { [urls.root]: () => evilRoot.raw })
    expect([found.certificates, verdict]).toEqual([[], 'failed: signature-wrong'])
    const evilLow = await certificateOf({ subject: names.low, key: otherKey, issuer: impostor, ca: true })
    const other = await status(end, [root], { ...served, [urls.low]: () => evilLow.raw })
    expect([other.found.certificates, other.found.misses[0]?.reason]).toEqual([[], 'not-the-issuer'])
    expect(other.verdict).toBe('inconclusive: no-trust-anchor')
  })

  it('that may sign no certificates is handed on and fails where paths are validated', async () => {
    const issuer = { subject: names.middle, key: await testKey('served middle') }
    const noAuthority = await certificateOf({ subject: names.low, key: await testKey('served low'), issuer })
    const { found, verdict } = await status(end, [middle], { [urls.low]: () => noAuthority.raw })
    expect([found.certificates, verdict]).toEqual([[noAuthority], 'failed: not-a-ca'])
  })
})

describe('a host that does not want to end', () => {
  it.each([
    ['announces a gigabyte', true],
    ['gives a gigabyte without saying so', false],
  ])('and %s is cut off', async (_, announced) => {
    const megabyte = new Uint8Array(1_048_576)
    let sent = 0
    const { port } = await inside((__, response) => {
      response.writeHead(200, announced ? { 'content-length': 1_073_741_824 } : {})
      const more = (): void => {
        if (sent++ === 1024) response.end()
        else if (response.write(megabyte)) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    const fetcher = nodeFetcher({ policy: { schemes: ['http'], ports: [port], allowPrivateAddresses: true } })
    const certificate = await endAt(`http://127.0.0.1:${port}/`)
    const { misses } = await fetchIssuers(certificate, { fetcher, anchors: [root] })
    expect(misses).toMatchObject([{ reason: 'no-answer', code: 'HTTP_TOO_LARGE' }])
    expect(sent).toBeLessThan(64)
  })

  it.each(['the time is up', 'the caller cancels'])('and is silent is left when %s: the connection is closed', async (when) => {
    let closed = 0
    const { port, asked } = await inside((_, response) => void response.on('close', () => closed++))
    const fetcher = nodeFetcher({ policy: { schemes: ['http'], ports: [port], allowPrivateAddresses: true } })
    const controller = new AbortController()
    const limits = when === 'the time is up' ? { deadline: 60 } : { signal: controller.signal }
    const result = fetchIssuers(await endAt(`http://127.0.0.1:${port}/`), { fetcher, anchors: [root], ...limits })
    const outcome = result.then(
      ({ misses }) => misses[0]?.code,
      ({ code }) => code,
    )
    await expect.poll(() => asked.length).toBe(1)
    controller.abort()
    expect(await outcome).toBe(when === 'the time is up' ? 'HTTP_TIMEOUT' : 'HTTP_ABORTED')
    await expect.poll(() => closed).toBe(1)
  })

  it('authorities in a circle end', async () => {
    const { fetcher, asked } = hosts({ [urls.low]: () => low.raw, [urls.middle]: () => middleByLow.raw })
    const { certificates, misses } = await fetchIssuers(end, { fetcher, anchors: [root], maxDepth: 99, maxRequests: 99 })
    expect([asked, certificates, misses]).toEqual([[urls.low, urls.middle], [low, middleByLow], []])
    const itself = await endAt('http://self.example/')
    const again = hosts({ 'http://self.example/': () => itself.raw })
    await fetchIssuers(itself, { fetcher: again.fetcher, anchors: [root], maxDepth: 99, maxRequests: 99 })
    expect(again.asked).toHaveLength(1)
  })

  it('authorities one above the other without end are followed so far and no further', async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, (_, level) => testKey(`level ${level}`)))
    const at = (level: number) => ({ subject: `C=XU, CN=Level ${level}`, key: keys[level] ?? otherKey })
    const above = (level: number): Promise<Certificate> =>
      certificateOf({
        ...at(level),
        ca: true,
        issuer: at(level + 1),
        extensions: [issuersAt(`http://level.example/${level + 1}`)],
      })
    const answers = Object.fromEntries(
      keys.map((_, level) => [`http://level.example/${level}`, async () => (await above(level)).raw]),
    )
    for (const [limits, most] of [
      [{}, 4],
      [{ maxDepth: 50 }, 8],
      [{ maxDepth: 50, maxRequests: 3 }, 3],
    ] as const) {
      const { fetcher, asked } = hosts(answers)
      const { misses } = await fetchIssuers(await above(0), { fetcher, anchors: [root], ...limits })
      expect(asked).toHaveLength(most)
      expect(misses.map(({ reason }) => reason)).toEqual([most === 4 ? 'depth-limit' : 'request-limit'])
    }
  })

  it('authorities side by side, each with addresses of its own, cost no more requests and signatures than a call may', async () => {
    let verified = 0
    const own = defaultCrypto()
    const crypto = {
      ...own,
      importPublicKey: async (...given: Parameters<typeof own.importPublicKey>) => {
        const key = await own.importPublicKey(...given)
        return {
          ...key,
          verify: (...about: Parameters<typeof key.verify>) => {
            verified++
            return key.verify(...about)
          },
        }
      },
    }
    // Each could have issued every other by its name, and none has.
    const issuer = { subject: names.low, key: otherKey }
    const alike = await Promise.all(
      Array.from({ length: 80 }, async (_, index) =>
        certificateOf({
          subject: names.low,
          key: await testKey('served low'),
          serialNumber: Uint8Array.of(1, index),
          issuer,
          ca: true,
        }),
      ),
    )
    const confusing = hosts({ [urls.low]: () => certificatesOnly(alike.map(({ raw }) => raw)) })
    await fetchIssuers(end, { fetcher: confusing.fetcher, anchors: [root], crypto, maxDepth: 9 })
    expect(verified).toBe(256)
    verified = 0
    const many = await Promise.all(
      Array.from({ length: 200 }, (_, index) => lowAt(...[1, 2, 3].map((place) => `http://${index}-${place}.example/`))),
    )
    const { fetcher, asked } = hosts({ [urls.low]: () => certificatesOnly(many.map(({ raw }) => raw)) })
    const { certificates, misses } = await fetchIssuers(end, { fetcher, anchors: [root], crypto, maxDepth: 9 })
    expect([asked.length, certificates.length]).toEqual([8, 64])
    expect(verified).toBeGreaterThan(0)
    expect(verified).toBeLessThanOrEqual(256)
    expect(misses.map(({ reason }) => reason)).toContain('certificate-limit')
  })

  it('a thousand addresses in one certificate are three', async () => {
    const { fetcher, asked } = hosts({})
    const certificate = await endAt(...Array.from({ length: 1000 }, (_, index) => `http://a${index}.example/`))
    await fetchIssuers(certificate, { fetcher, anchors: [root] })
    expect(asked).toHaveLength(3)
    const same = hosts({})
    const elsewhere = await lowAt(urls.low, urls.low)
    await fetchIssuers(await endAt(urls.low, urls.low), { ...same, anchors: [root], certificates: [elsewhere] })
    await fetchIssuers(await endAt(urls.low, urls.low), { ...same, anchors: [root] })
    expect(same.asked).toEqual([urls.low, urls.low])
  })
})
