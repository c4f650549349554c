import { describe, expect, it } from 'vitest'
import { nodeFetcher } from '../src/node/index.js'
import { host, localFetcher, rawHost } from './host.js'

const loopback = async () => ['127.0.0.1']

describe('nodeFetcher', () => {
  it('gives status, media type and body, and sends what it was told', async () => {
    const port = await host((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part) => parts.push(part))
      request.on('end', () => {
        response.setHeader('content-type', 'Application/OCSP-Response; q=1')
        response.end(
          JSON.stringify([
            request.method,
            request.url,
            request.headers.host,
            request.headers['x-a'],
            Buffer.concat(parts).length,
          ]),
        )
      })
    })
    const fetcher = localFetcher([port], {}, loopback)
    const answer = await fetcher.fetch({
      url: `http://ocsp.example:${port}/a?b`,
      body: new Uint8Array(5),
      headers: { 'X-A': '1' },
    })
    expect(answer).toMatchObject({ status: 200, mediaType: 'application/ocsp-response', url: `http://ocsp.example:${port}/a?b` })
    expect(JSON.parse(Buffer.from(answer.body).toString())).toEqual(['POST', '/a?b', `ocsp.example:${port}`, '1', 5])
  })

  it('gives an answer with an error status as an answer', async () => {
    const port = await host((_, response) => response.writeHead(404).end('no'))
    expect(
      await localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/`, accept: ['application/pkix-crl'] }),
    ).toMatchObject({ status: 404 })
  })

  it('follows a redirect on the same host', async () => {
    const port = await host((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
      else response.end('there')
    })
    const answer = await localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/a` })
    expect(answer).toMatchObject({ status: 200, url: `http://127.0.0.1:${port}/b` })
  })

  it('hands the headers of the caller to no other host', async () => {
    const seen: (string | undefined)[] = []
    const second = await host((request, response) => {
      seen.push(request.headers.authorization)
      response.end()
    })
    const first = await host((request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(307, { location: `http://127.0.0.1:${second}/` }).end()
    })
    await localFetcher([first, second]).fetch({ url: `http://127.0.0.1:${first}/`, headers: { authorization: 'Bearer x' } })
    expect(seen).toEqual(['Bearer x', undefined])
  })

  it('refuses a connection that is closed, a body that breaks off and an answer that is none', async () => {
    const silent = await rawHost((socket) => socket.destroy())
    const short = await rawHost((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'))
    const nonsense = await rawHost((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n\r\n'))
    for (const port of [silent, short, nonsense])
      await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/secret?number=1` })).rejects.toMatchObject({
        code: 'HTTP_CONNECTION',
        retryable: true,
        params: { host: '127.0.0.1' },
      })
  })

  it('refuses another media type and a packed answer', async () => {
    const port = await host((request, response) => {
      if (request.url === '/gzip') response.setHeader('content-encoding', 'gzip')
      response.setHeader('content-type', 'text/html')
      response.end('x')
    })
    const fetcher = localFetcher([port])
    const at = (path: string) => ({ url: `http://127.0.0.1:${port}${path}` })
    await expect(fetcher.fetch({ ...at('/'), accept: ['application/pkix-crl'] })).rejects.toMatchObject({ code: 'HTTP_CONTENT' })
    await expect(fetcher.fetch(at('/gzip'))).rejects.toMatchObject({ code: 'HTTP_CONTENT', params: { reason: 'encoding' } })
  })

  it('says when a name has no address', async () => {
    const unknown = localFetcher([80], {}, async () => {
      throw new Error('ENOTFOUND')
    })
    await expect(unknown.fetch({ url: 'http://nowhere.example/' })).rejects.toMatchObject({
      code: 'HTTP_NAME_UNKNOWN',
      retryable: true,
    })
    const none = localFetcher([80], {}, async () => [])
    await expect(none.fetch({ url: 'http://nowhere.example/' })).rejects.toMatchObject({ code: 'HTTP_NAME_UNKNOWN' })
  })

  it('stops when the caller does, before and while the host answers', async () => {
    const port = await host(() => undefined)
    const fetcher = localFetcher([port])
    const url = `http://127.0.0.1:${port}/`
    await expect(fetcher.fetch({ url, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    const controller = new AbortController()
    const answer = fetcher.fetch({ url, signal: controller.signal })
    setTimeout(() => controller.abort(), 20)
    await expect(answer).rejects.toMatchObject({ code: 'HTTP_ABORTED', retryable: false })
  })

  it('stops in every step between the name and the connection', async () => {
    const port = await host(() => undefined)
    for (let steps = 0; steps < 16; steps++) {
      const controller = new AbortController()
      const resolve = (): Promise<string[]> => {
        const answer = Promise.resolve(['127.0.0.1'])
        let later: Promise<unknown> = answer
        for (let step = 0; step < steps; step++) later = later.then(() => undefined)
        void later.then(() => controller.abort())
        return answer
      }
      const answer = localFetcher([port], {}, resolve).fetch({ url: `http://a.example:${port}/`, signal: controller.signal })
      await expect(answer).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    }
  })

  it('asks no more hosts at a time than told; who waits is held to its deadline and takes no place', async () => {
    let now = 0
    let most = 0
    const port = await host((request, response) => {
      most = Math.max(most, ++now)
      const answer = (): void => {
        now--
        response.end('x')
      }
      if (request.url === '/silent') return
      setTimeout(answer, 20)
    })
    const url = `http://127.0.0.1:${port}/`
    const fetcher = nodeFetcher({
      policy: { schemes: ['http'], ports: [port], allowPrivateAddresses: true },
      maxConcurrent: 2,
    })
    await Promise.all(Array.from({ length: 9 }, () => fetcher.fetch({ url })))
    expect(most).toBe(2)
    const timeout = { code: 'HTTP_TIMEOUT' }
    const silent = [1, 2].map(() => fetcher.fetch({ url: `${url}silent`, deadline: 200 }))
    const waiting = fetcher.fetch({ url, deadline: 50 })
    await expect(waiting).rejects.toMatchObject(timeout)
    for (const each of silent) await expect(each).rejects.toMatchObject(timeout)
    expect((await Promise.all([1, 2, 3].map(() => fetcher.fetch({ url })))).map(({ status }) => status)).toEqual([200, 200, 200])
    expect(() => nodeFetcher({ maxConcurrent: 0 })).toThrow(RangeError)
  })

  it('refuses requests and policies that are none', async () => {
    const fetcher = localFetcher([80])
    await expect(fetcher.fetch({ url: 'http://a.example/', method: 'GET', body: new Uint8Array(1) })).rejects.toThrow(TypeError)
    for (const headers of [{ Host: 'b' }, { 'Content-Length': '1' }, { a: 'x\r\ny: z' }, { 'a b': 'c' }] as Record<
      string,
      string
    >[])
      await expect(fetcher.fetch({ url: 'http://a.example/', headers })).rejects.toThrow(TypeError)
    await expect(fetcher.fetch({ url: 'http://a.example/', maxBytes: 0 })).rejects.toThrow(RangeError)
    expect(() => localFetcher([80], { maxBytes: Number.NaN })).toThrow(RangeError)
    expect(() => localFetcher([80], { maxRedirects: -1 })).toThrow(RangeError)
  })
})
