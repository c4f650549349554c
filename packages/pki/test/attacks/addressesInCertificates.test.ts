import { createServer, type RequestListener, type Server } from 'node:http'
import { nodeFetcher } from '@cccd/http/node'
import { fetchRevocation } from '@cccd/pki/revocation'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pointsAt, publishedCountry, respondersAt } from '../publishedCountry.js'

let inside: Server
let port = 0
let asked = 0
const listener: RequestListener = (request, response) => {
  if (request.url !== '/redirect') asked++
  response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()
}
beforeAll(async () => {
  inside = createServer(listener)
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
  const address = inside.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => inside.close())

async function codes(url: string, resolve = async () => ['127.0.0.1']): Promise<readonly (string | undefined)[]> {
  const { signerCertificate, cscaCertificate } = await publishedCountry(pointsAt([url]), respondersAt(url))
  const fetcher = nodeFetcher({ policy: { schemes: ['http', 'https'], ports: [80, 443, port] }, resolve })
  const { misses, material } = await fetchRevocation([signerCertificate], {
    fetcher,
    at: '2026-01-01',
    policy: 'require',
    issuers: [cscaCertificate],
  })
  expect(material).toEqual([])
  return misses.map(({ code, reason }) => code ?? reason)
}

describe('addresses in a certificate (CRL distribution point, OCSP responder) that lead inside', () => {
  it.each([
    ['loopback', 'http://127.0.0.1:PORT/', 'HTTP_REFUSED'],
    ['metadata of a cloud machine', 'http://169.254.169.254/latest/meta-data/', 'HTTP_REFUSED'],
    ['IPv6-mapped', 'http://[::ffff:127.0.0.1]:PORT/', 'HTTP_REFUSED'],
    ['NAT64', 'http://[64:ff9b::7f00:1]:PORT/', 'HTTP_REFUSED'],
    ['a decimal host', 'http://2130706433:PORT/', 'HTTP_URL'],
    ['a hexadecimal host', 'http://0x7f000001:PORT/', 'HTTP_URL'],
    ['a user in front', 'http://crl.example@127.0.0.1:PORT/', 'HTTP_URL'],
    ['a public name with an address inside', 'http://crl.example:PORT/', 'HTTP_REFUSED'],
    ['another scheme', 'file:///etc/passwd', 'scheme'],
    ['a header in the address', 'http://crl.example/\r\nx-injected: 1', 'HTTP_URL'],
  ])('%s: nothing is sent', async (_, url, code) => {
    expect(await codes(url.replace('PORT', String(port)))).toEqual([code, code])
    expect(asked).toBe(0)
  })

  it('a name with a public address and one inside (DNS rebinding): nothing is sent', async () => {
    const both = ['HTTP_REFUSED', 'HTTP_REFUSED']
    expect(await codes(`http://rebind.example:${port}/`, async () => ['1.1.1.1', '127.0.0.1'])).toEqual(both)
    expect(asked).toBe(0)
  })

  it('a redirect from an allowed host to one inside is not followed', async () => {
    const url = `http://127.0.0.1:${port}/redirect`
    const { signerCertificate, cscaCertificate } = await publishedCountry(pointsAt([url]))
    const fetcher = nodeFetcher({
      policy: { schemes: ['http'], ports: [port, 80], hosts: ['127.0.0.1'], allowPrivateAddresses: true },
    })
    const { misses } = await fetchRevocation([signerCertificate], {
      fetcher,
      at: '2026-01-01',
      policy: 'require',
      sources: ['crl'],
      issuers: [cscaCertificate],
    })
    expect(misses).toMatchObject([{ reason: 'no-answer', code: 'HTTP_REFUSED' }])
  })

  it('a certificate that no trusted authority signed makes nobody ask anything', async () => {
    const url = `http://127.0.0.1:${port}/`
    const { signerCertificate, cscaCertificate } = await publishedCountry(pointsAt([url]), respondersAt(url))
    const fetcher = nodeFetcher({ policy: { schemes: ['http'], ports: [port], allowPrivateAddresses: true } })
    const { misses } = await fetchRevocation([signerCertificate, cscaCertificate], {
      fetcher,
      at: '2026-01-01',
      policy: 'require',
      issuers: [],
    })
    expect(misses.map(({ reason }) => reason)).toEqual(['no-issuer', 'no-issuer'])
    expect(asked).toBe(0)
  })
})
