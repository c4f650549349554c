import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundle, bundleForHermes, bunPath, cachePath, chromiumPath, hermesPath, isHere, writeEntry } from './bundles.js'
import { scenarioInput } from './fixture.js'
import { type ScenarioInput, type ScenarioOutput, scenario } from './scenario.js'

/** What must be alike everywhere: all of it but the backend's name and the time. */
function comparable(output: ScenarioOutput): unknown {
  const { backend, paceMs, ...rest } = output
  expect(typeof paceMs).toBe('number')
  expect(backend.length).toBeGreaterThan(0)
  return rest
}

let input: ScenarioInput
let inNode: ScenarioOutput
const times: string[] = []

beforeAll(async () => {
  input = await scenarioInput()
  inNode = await scenario(input)
  times.push(`Node ${inNode.paceMs} ms (${inNode.backend})`)
})

function sameAsNode(line: string | undefined, runtime: string): ScenarioOutput {
  const output = JSON.parse(line ?? '{}') as ScenarioOutput & { error?: string; stack?: string }
  expect(output.error === undefined ? '' : `${output.error}\n${output.stack}`).toBe('')
  expect(comparable(output)).toEqual(comparable(inNode))
  times.push(`${runtime} ${output.paceMs} ms (${output.backend})`)
  console.log(`terminal's side of PACE: ${times.join(', ')}`)
  return output
}

describe('a QR, the worked example of PACE and a recorded DEMO reading, verified', () => {
  it('in Node: all of it passes', () => {
    const failed = inNode.checks
      .filter(({ status }) => status !== 'passed')
      .map(({ id, status, reason }) => ({ id, status, reason }))
    expect(failed.filter(({ status }) => status === 'failed' || status === 'inconclusive')).toEqual([])
    for (const id of ['sod.signature', 'chain.csca', 'dg1.hash', 'dg2.hash', 'dg13.hash', 'aa.signature', 'ca.keys'])
      expect([id, inNode.checks.find((check) => check.id === id)?.status]).toEqual([id, 'passed'])
    expect(inNode.verified).toContain('personalNumber')
  })

  it.skipIf(!isHere(hermesPath))('in Hermes, with getRandomValues as the only global added', async () => {
    const script = cachePath('hermes.js')
    writeFileSync(script, await bundleForHermes(writeEntry('hermes', input, 'print')))
    const output = execFileSync(hermesPath, ['-O', '-Xmicrotask-queue', script], { encoding: 'utf8', maxBuffer: 1 << 26 })
    expect(sameAsNode(output.trim().split('\n').at(-1), 'Hermes').backend).toBe('portable')
  })

  it.skipIf(!isHere(bunPath))('in Bun, where the portable primitives step in for brainpool', async () => {
    const script = cachePath('bun.mjs')
    writeFileSync(
      script,
      await bundle(writeEntry('bun', input, 'console.log'), ['bun', 'node'], { platform: 'node', format: 'esm' }),
    )
    const output = execFileSync(bunPath, [script], { encoding: 'utf8', maxBuffer: 1 << 26 })
    expect(sameAsNode(output.trim().split('\n').at(-1), 'Bun').backend).toBe('portable')
  })

  it.skipIf(!isHere(chromiumPath))('in headless Chromium, without a Node polyfill', async () => {
    const script = await bundle(writeEntry('browser', input, 'window.report'), ['browser'])
    for (const word of ['node:', 'require(']) expect(script.includes(`"${word}`)).toBe(false)
    const server = createServer((request, response) => {
      const isScript = request.url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8')
      response.end(isScript ? script : '<!doctype html><meta charset="utf-8"><script defer src="/page.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    })
    try {
      const page = await browser.newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(String(error)))
      const line = new Promise<string>(
        (resolve) =>
          void page
            .exposeFunction('report', resolve)
            .then(() => page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)),
      )
      sameAsNode(await line, 'Chromium')
      expect(problems).toEqual([])
      expect(await page.evaluate('typeof process + typeof Buffer + typeof require')).toBe('undefinedundefinedundefined')
    } finally {
      await browser.close()
      server.close()
    }
  })

  it('bundles for workerd without a node: import', async () => {
    const script = await bundle(writeEntry('workerd', input, 'console.log'), ['workerd', 'worker', 'edge-light'], {
      format: 'esm',
    })
    expect(script.match(/["'](?:node:)?(?:crypto|fs|buffer|util|stream|path|zlib|process)["']/g)).toBeNull()
    expect(script.includes('node:')).toBe(false)
    expect(script.length).toBeGreaterThan(100_000)
  })
})
