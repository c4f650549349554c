import { describe, expect, it } from 'vitest'
import { type WebFetch, type WebResponse, webFetcher } from '../src/index.js'

function answer(status: number, headers: Record<string, string> = {}, chunks: readonly Uint8Array[] = [], type = 'basic') {
  let at = 0
  let cancelled = false
  const response: WebResponse = {
    status,
    type,
    headers: { get: (name) => headers[name] ?? null },
    body: {
      getReader: () => ({
        async read() {
          const value = chunks[at++]
          return value === undefined ? { done: true } : { done: false, value }
        },
        async cancel() {
          cancelled = true
        },
      }),
    },
    arrayBuffer: async () => new ArrayBuffer(0),
  }
  return { response, wasCancelled: () => cancelled }
}

const policy = { schemes: ['http', 'https'] } as const

function fetching(answers: readonly WebResponse[]) {
  const calls: (readonly [string, Record<string, string>])[] = []
  const fetch: WebFetch = async (url, { headers }) => {
    calls.push([url, headers])
    const next = answers[calls.length - 1]
    if (next === undefined) throw new TypeError('Failed to fetch')
    return next
  }
  return { fetcher: webFetcher({ policy, fetch }), calls }
}

describe('webFetcher', () => {
  it('joins what comes in parts', async () => {
    const { fetcher, calls } = fetching([
      answer(200, { 'content-type': 'application/pkix-crl' }, [Uint8Array.of(1), Uint8Array.of(2, 3)]).response,
    ])
    expect(await fetcher.fetch({ url: 'http://ca.example/a', accept: ['application/pkix-crl'] })).toEqual({
      status: 200,
      url: 'http://ca.example/a',
      mediaType: 'application/pkix-crl',
      body: Uint8Array.of(1, 2, 3),
    })
    expect(calls).toEqual([['http://ca.example/a', { accept: 'application/pkix-crl' }]])
  })

  it('takes a whole body where the runtime has no streams, and counts it', async () => {
    const { body: _, ...rest } = answer(200).response
    const whole: WebResponse = { ...rest, arrayBuffer: async () => new ArrayBuffer(9) }
    expect((await fetching([whole]).fetcher.fetch({ url: 'http://ca.example/' })).body.length).toBe(9)
    await expect(fetching([whole]).fetcher.fetch({ url: 'http://ca.example/', maxBytes: 8 })).rejects.toMatchObject({
      code: 'HTTP_TOO_LARGE',
    })
  })

  it('stops reading at the limit', async () => {
    const endless = answer(
      200,
      {},
      Array.from({ length: 100 }, () => new Uint8Array(10)),
    )
    await expect(fetching([endless.response]).fetcher.fetch({ url: 'http://ca.example/', maxBytes: 25 })).rejects.toMatchObject({
      code: 'HTTP_TOO_LARGE',
    })
    expect(endless.wasCancelled()).toBe(true)
  })

  it('holds redirects against the policy, and says where a browser hides them', async () => {
    const to = (location: string) => answer(302, { location }).response
    const followed = fetching([to('/b'), answer(200).response])
    expect((await followed.fetcher.fetch({ url: 'http://ca.example/a', headers: { 'x-key': '1' } })).url).toBe(
      'http://ca.example/b',
    )
    const elsewhere = fetching([to('http://other.example/'), answer(200).response])
    await elsewhere.fetcher.fetch({ url: 'http://ca.example/a', headers: { 'x-key': '1' } })
    expect(elsewhere.calls[1]).toEqual(['http://other.example/', {}])
    await expect(fetching([to('http://127.0.0.1/')]).fetcher.fetch({ url: 'http://ca.example/' })).rejects.toMatchObject({
      code: 'HTTP_REFUSED',
    })
    await expect(fetching([to('http://ca.example/')]).fetcher.fetch({ url: 'https://ca.example/' })).rejects.toMatchObject({
      code: 'HTTP_REDIRECT',
      params: { reason: 'downgrade' },
    })
    const hidden = answer(0, {}, [], 'opaqueredirect').response
    await expect(fetching([hidden]).fetcher.fetch({ url: 'http://ca.example/' })).rejects.toMatchObject({
      code: 'HTTP_REDIRECT',
      params: { reason: 'hidden' },
    })
    const circle = Array.from({ length: 9 }, () => to('/'))
    await expect(fetching(circle).fetcher.fetch({ url: 'http://ca.example/' })).rejects.toMatchObject({
      params: { reason: 'too-many' },
    })
  })

  it('settles when nothing comes, when it fails and when the caller stops', async () => {
    const silent = webFetcher({ policy, fetch: () => new Promise(() => undefined) })
    await expect(silent.fetch({ url: 'http://ca.example/', deadline: 20 })).rejects.toMatchObject({ code: 'HTTP_TIMEOUT' })
    const controller = new AbortController()
    const stopped = silent.fetch({ url: 'http://ca.example/', signal: controller.signal })
    controller.abort()
    await expect(stopped).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    await expect(silent.fetch({ url: 'http://ca.example/', signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'HTTP_ABORTED',
    })
    await expect(fetching([]).fetcher.fetch({ url: 'http://ca.example/x?number=1' })).rejects.toMatchObject({
      code: 'HTTP_CONNECTION',
      params: { host: 'ca.example' },
    })
  })

  it('ends what is in flight when time is up, and follows no redirect that comes after', async () => {
    const signals: (AbortSignal | undefined)[] = []
    let late: (response: WebResponse) => void = () => undefined
    const fetcher = webFetcher({
      policy,
      fetch: (_, { signal }) => {
        signals.push(signal)
        return new Promise((resolve) => {
          late = resolve
        })
      },
    })
    const { signal } = new AbortController()
    await expect(fetcher.fetch({ url: 'http://ca.example/', deadline: 20, signal })).rejects.toMatchObject({
      code: 'HTTP_TIMEOUT',
    })
    expect([signals[0]?.aborted, signal.aborted]).toEqual([true, false])
    late(answer(302, { location: '/b' }).response)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(signals).toHaveLength(1)
  })

  it('says when the runtime has no fetch', async () => {
    const own = globalThis.fetch
    Reflect.set(globalThis, 'fetch', undefined)
    try {
      await expect(webFetcher({ policy }).fetch({ url: 'http://ca.example/' })).rejects.toMatchObject({
        code: 'HTTP_UNAVAILABLE',
      })
    } finally {
      globalThis.fetch = own
    }
  })
})
