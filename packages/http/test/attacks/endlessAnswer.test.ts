import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { host, localFetcher, rawHost } from '../host.js'

const megabyte = new Uint8Array(1_048_576)

describe('a host that does not want to end', () => {
  it('with a body without end is cut off', async () => {
    let sent = 0
    const port = await host((_, response) => {
      const more = (): void => {
        sent++
        if (response.write(megabyte)) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/`, maxBytes: 3_000_000 })).rejects.toMatchObject({
      code: 'HTTP_TOO_LARGE',
      params: { limit: 3_000_000 },
    })
    expect(sent).toBeLessThan(64)
  })

  it('that announces more than allowed is not read', async () => {
    const port = await rawHost((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n'))
    await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      code: 'HTTP_TOO_LARGE',
    })
  })

  it('that drips a byte at a time runs into the deadline', async () => {
    const port = await host((_, response) => {
      const timer = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(timer))
    })
    await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/`, deadline: 150 })).rejects.toMatchObject({
      code: 'HTTP_TIMEOUT',
      retryable: true,
    })
  })

  it('with headers without end is cut off', async () => {
    const port = await rawHost((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const line = `x: ${'y'.repeat(1000)}\r\n`
      const timer = setInterval(() => socket.write(line.repeat(10)), 1)
      socket.on('close', () => clearInterval(timer))
    })
    await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      code: 'HTTP_CONNECTION',
    })
  })

  it('that says nothing at all runs into the deadline', async () => {
    const port = await rawHost(() => undefined)
    await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/`, deadline: 100 })).rejects.toMatchObject({
      code: 'HTTP_TIMEOUT',
    })
  })

  it('that packs a bomb is refused before it is unpacked', async () => {
    const bomb = gzipSync(new Uint8Array(20_000_000))
    const port = await host((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    await expect(localFetcher([port]).fetch({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({ code: 'HTTP_CONTENT' })
  })

  it('behind a resolver that never answers runs into the deadline', async () => {
    const fetcher = localFetcher([80], {}, () => new Promise(() => undefined))
    await expect(fetcher.fetch({ url: 'http://slow.example/', deadline: 50 })).rejects.toMatchObject({ code: 'HTTP_TIMEOUT' })
  })
})
