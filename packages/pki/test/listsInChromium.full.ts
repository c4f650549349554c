import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { encodeBase64 } from '@cccd/core'
import { inspectTrustMaterial } from '@cccd/pki'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { bundle, chromiumPath, isHere, root } from '../../../test-vectors/runtimes.js'
import { readVector, sharedVectors } from '../../../test-vectors/shared.js'

const cache = join(root, 'node_modules/.cache/runtimes')

describe.skipIf(sharedVectors === undefined || !isHere(chromiumPath))('the German list in headless Chromium', () => {
  it('has the verdicts that Node gives, on the portable backend', async () => {
    const bytes = readVector('masterlists', 'DE_ML_2026-05-28-08-28-45.ml')
    const at = '2026-06-01'
    mkdirSync(cache, { recursive: true })
    const entry = join(cache, 'lists.entry.ts')
    writeFileSync(
      entry,
      `import { decodeBase64 } from '@cccd/core'
import { portableCrypto } from '@cccd/crypto/portable'
import { inspectTrustMaterial } from '@cccd/pki'
const crypto = portableCrypto()
inspectTrustMaterial({ masterLists: [{ bytes: decodeBase64(${JSON.stringify(encodeBase64(bytes))}) }], at: '${at}', crypto }).then(
  (found) => window.report(JSON.stringify({ backend: crypto.name, found })),
  (error) => window.report(JSON.stringify({ error: String(error) })),
)
`,
    )
    const script = await bundle(entry, ['browser'])
    const server = createServer((request, response) => {
      const isScript = request.url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8')
      response.end(isScript ? script : '<!doctype html><meta charset="utf-8"><script defer src="/page.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
    })
    try {
      const page = await browser.newPage()
      const line = new Promise<string>(
        (resolve) =>
          void page
            .exposeFunction('report', resolve)
            .then(() => page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)),
      )
      const inNode = await inspectTrustMaterial({ masterLists: [{ bytes }], at })
      expect(JSON.parse(await line)).toEqual({ backend: 'portable', found: JSON.parse(JSON.stringify(inNode)) })
      expect(inNode).toMatchObject({ certificates: 588, verified: 576 })
    } finally {
      await browser.close()
      server.close()
    }
  }, 300_000)
})
