import { describe, expect, it } from 'vitest'
import { nodeFetcher, type ResolveName } from '../../src/node/index.js'
import { host, localFetcher } from '../host.js'

const open = { schemes: ['http', 'https'] } as const

function refusing(resolve: ResolveName = async () => ['203.162.0.11']) {
  return nodeFetcher({ policy: open, resolve })
}

describe('a certificate that names an address inside', () => {
  it.each([
    'http://127.0.0.1/',
    'http://10.0.0.5/crl',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fd00:ec2::254]/',
    'http://localhost/',
    'http://localhost./',
    'http://crl.localhost/',
    'http://metadata.google.internal/',
    'http://printer.local/',
    'http://intranet/',
  ])('is refused: %s', async (url) => {
    await expect(refusing().fetch({ url })).rejects.toMatchObject({ code: 'HTTP_REFUSED', params: { reason: 'address' } })
  })

  it.each(['http://2130706433/', 'http://0x7f000001/', 'http://017700000001/', 'http://127.1/', 'http://a@127.0.0.1/'])(
    'in disguise is refused: %s',
    async (url) => {
      await expect(refusing().fetch({ url })).rejects.toMatchObject({ code: 'HTTP_URL' })
    },
  )

  it('behind a public name is refused, also when only one of its addresses is inside', async () => {
    for (const addresses of [['10.0.0.1'], ['203.162.0.11', '127.0.0.1'], ['::ffff:10.0.0.1'], ['not an address']])
      await expect(refusing(async () => addresses).fetch({ url: 'http://crl.example/' })).rejects.toMatchObject({
        code: 'HTTP_REFUSED',
        params: { reason: 'address', host: 'crl.example' },
      })
  })

  it('by another port or scheme is refused', async () => {
    await expect(refusing().fetch({ url: 'http://crl.example:6379/' })).rejects.toMatchObject({ params: { reason: 'port' } })
    const strict = nodeFetcher({ resolve: async () => ['203.162.0.11'] })
    await expect(strict.fetch({ url: 'http://crl.example/' })).rejects.toMatchObject({ params: { reason: 'scheme' } })
    await expect(refusing().fetch({ url: 'file:///etc/passwd' })).rejects.toMatchObject({ code: 'HTTP_URL' })
  })

  it('outside the list of hosts, or on the list of denied ones, is refused', async () => {
    const resolve = async () => ['203.162.0.11']
    const listed = nodeFetcher({ policy: { ...open, hosts: ['.gov.vn', 'pki.example'], deniedHosts: ['bad.gov.vn'] }, resolve })
    for (const url of ['http://gov.vn.evil.example/', 'http://notgov.vn/', 'http://x.pki.example/', 'http://bad.gov.vn/'])
      await expect(listed.fetch({ url })).rejects.toMatchObject({ code: 'HTTP_REFUSED', params: { reason: 'host' } })
  })
})

describe('DNS rebinding', () => {
  it('changes nothing: the name is resolved once and the checked address is the one connected to', async () => {
    let asked = 0
    const inside: string[] = []
    const port = await host((request, response) => {
      inside.push(request.headers.host ?? '')
      response.end('there')
    })
    const rebinding = async () => (asked++ === 0 ? ['127.0.0.1'] : ['127.0.0.2'])
    const answer = await localFetcher([port], {}, rebinding).fetch({ url: `http://rebind.example:${port}/` })
    expect([answer.status, asked, inside]).toEqual([200, 1, [`rebind.example:${port}`]])
  })

  it('between a redirect and its target finds a name that is resolved and checked anew', async () => {
    const port = await host((_, response) => response.writeHead(302, { location: '/again' }).end())
    let asked = 0
    const rebinding = async () => (asked++ === 0 ? ['127.0.0.1'] : [])
    await expect(localFetcher([port], {}, rebinding).fetch({ url: `http://rebind.example:${port}/` })).rejects.toMatchObject({
      code: 'HTTP_NAME_UNKNOWN',
    })
    expect(asked).toBe(2)
  })
})

describe('a redirect', () => {
  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'HTTP_REFUSED'],
    ['http://[::ffff:169.254.169.254]/', 'HTTP_REFUSED'],
    ['//169.254.169.254/', 'HTTP_REFUSED'],
    ['http://2852039166/', 'HTTP_URL'],
    ['file:///etc/passwd', 'HTTP_URL'],
    ['gopher://127.0.0.1/', 'HTTP_URL'],
    ['relative', 'HTTP_URL'],
    ['', 'HTTP_REDIRECT'],
  ])('to %s is not followed', async (location, code) => {
    const port = await host((_, response) => response.writeHead(302, { location }).end())
    // The first host is let through by name; everything else is held against the policy.
    const fetcher = localFetcher([port, 80], { hosts: ['start.example'] }, async () => ['127.0.0.1'])
    await expect(fetcher.fetch({ url: `http://start.example:${port}/` })).rejects.toMatchObject({ code })
  })

  it('in a circle ends', async () => {
    const port = await host((_, response) => response.writeHead(301, { location: '/' }).end())
    await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      code: 'HTTP_REDIRECT',
      params: { reason: 'too-many' },
    })
  })

  it('of a POST is not followed', async () => {
    const port = await host((_, response) => response.writeHead(307, { location: '/' }).end())
    await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/`, body: new Uint8Array(3) })).rejects.toMatchObject(
      { code: 'HTTP_REDIRECT', params: { reason: 'not-get' } },
    )
  })
})
