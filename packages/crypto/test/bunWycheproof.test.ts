import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { sharedVectors } from '../../../test-vectors/shared.js'
import { type Tally, wycheproofFiles } from './wycheproof.js'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../../..')
const folder = join(root, 'node_modules/.cache/bun-wycheproof')
const step = process.env.CCCD_TEST === 'full' ? 1 : 12

describe.skipIf(sharedVectors === undefined)('Wycheproof in Bun', () => {
  it(`every ${step}th test of every file, the portable primitives standing in for brainpool`, async () => {
    mkdirSync(folder, { recursive: true })
    const entry = join(folder, 'entry.ts')
    writeFileSync(
      entry,
      `import { defaultCrypto } from '@cccd/crypto/default'
import { runWycheproof, wycheproofFiles } from ${JSON.stringify(join(here, 'wycheproof.ts'))}
const crypto = defaultCrypto()
const tallies = []
for (const file of wycheproofFiles()) tallies.push(await runWycheproof(file, crypto, ${step}))
console.log(JSON.stringify({ backend: crypto.backends['curve:brainpoolP384r1'], tallies }))
`,
    )
    const outfile = join(folder, 'bundle.mjs')
    await build({
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'es2022',
      conditions: ['@cccd/source', 'bun', 'node'],
      nodePaths: [join(root, 'node_modules')],
      outfile,
      logLevel: 'error',
    })
    const bun = join(dirname(createRequire(import.meta.url).resolve('bun/package.json')), 'bin', 'bun.exe')
    const output = execFileSync(bun, [outfile], {
      encoding: 'utf8',
      timeout: 900_000,
      maxBuffer: 1 << 26,
      env: { ...process.env, CCCD_VECTORS: sharedVectors },
    })
    const { backend, tallies } = JSON.parse(output) as { backend: string; tallies: Tally[] }
    const ran = tallies.reduce((sum, tally) => sum + tally.ran, 0)
    console.log(`Wycheproof in Bun: ${tallies.length} files, ${ran} tests, brainpoolP384r1 by ${backend}`)
    expect(backend).toBe('portable')
    expect(tallies).toHaveLength(wycheproofFiles().length)
    expect(ran).toBeGreaterThan(500)
    expect(tallies.flatMap(({ file, disagreements }) => disagreements.map((id) => `${file} ${id}`))).toEqual([])
  })
})
