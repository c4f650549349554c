import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nodeFetcher } from '../src/node/index.js'
import { completePolicy } from '../src/OutboundPolicy.js'

const text = readFileSync(new URL('../../../docs/http.md', import.meta.url), 'utf8')
const rows = [...text.matchAll(/^\| `([a-z]+:\/\/[^`]+)` \| `(\w+)` \| `([\w-]+)` \|/gm)]

describe('docs/http.md', () => {
  it('has rows of what is refused', () => expect(rows.length).toBe(8))

  it.each(rows.map(([, url = '', code, reason]) => ({ url, code, reason })))('$url: $code', async ({ url, code, reason }) => {
    const fetcher = nodeFetcher({
      policy: { schemes: ['http', 'https'] },
      resolve: () => Promise.reject(new Error('a name was looked up')),
    })
    await expect(fetcher.fetch({ url })).rejects.toMatchObject({ code, params: { reason } })
  })

  it('states the defaults', () => {
    const { maxRedirects, maxBytes, deadline, ports, schemes, allowPrivateAddresses } = completePolicy()
    expect(text).toContain(`${maxRedirects}, ${maxBytes / 1_048_576} MiB, ${deadline / 1000} seconds`)
    expect([ports, schemes, allowPrivateAddresses]).toEqual([[80, 443], ['https'], false])
  })
})
