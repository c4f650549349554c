import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateKeyPair } from '@cccd/crypto/default'
import { type BuildOptions, build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleForHermes, bunPath, hermesPath, isHere } from '../../../test-vectors/runtimes.js'
import { backends, seededRandom } from './backends.js'
import { transcript } from './runtime/transcript.js'

const here = dirname(fileURLToPath(import.meta.url))
const main = join(here, 'runtime/main.ts')
const curves = ['P-256', 'brainpoolP256r1'] as const
let folder: string
let expected: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cccd-crypto-'))
  const [, portable] = backends[0] as (typeof backends)[number]
  expected = await transcript(portable, generateKeyPair, seededRandom('runtime'), curves)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const portableOptions: BuildOptions = {
  entryPoints: [main],
  bundle: true,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['@cccd/source', 'default'],
  logLevel: 'error',
}

it.each(backends)('%s gives the transcript', async (_, crypto) => {
  expect(await transcript(crypto, generateKeyPair, seededRandom('runtime'), curves)).toEqual(expected)
  expect(expected.at(-1)).toMatch(/^iso 9796-2 recovered /)
})

describe('bundles of the default entry', () => {
  it('hold no Node module, and node-forge in a chunk of its own', async () => {
    const { outputFiles } = await build({
      ...portableOptions,
      format: 'esm',
      splitting: true,
      outdir: folder,
      write: false,
      metafile: true,
    })
    const entry = outputFiles.find((file) => file.path.endsWith('main.js'))
    expect(outputFiles.length).toBeGreaterThan(1)
    for (const file of outputFiles) expect(file.text).not.toMatch(/['"]node:|require\(['"](?:crypto|buffer|fs)['"]\)/)
    expect(entry?.text).not.toContain('3DES')
    expect(entry?.text).not.toMatch(/^import [^(]*['"]\.\/(?:des|util)-/m)
    expect(outputFiles.some((file) => file !== entry && file.text.includes('3DES'))).toBe(true)
  })
})

describe('other runtimes give the same transcript', () => {
  it.skipIf(!isHere(hermesPath))(
    'Hermes, with getRandomValues the only global added',
    async () => {
      const script = join(folder, 'hermes.js')
      writeFileSync(script, await bundleForHermes(main))
      const lines = execFileSync(hermesPath, ['-w', '-O', script], { encoding: 'utf8', timeout: 120_000 }).trim().split('\n')
      expect(lines.slice(0, expected.length)).toEqual(expected)
      // The scope that node-forge was given while it loaded is gone again.
      expect(lines.slice(expected.length)[0]).toBe('self undefined')
      expect(lines.slice(-1)).toEqual(['done'])
    },
    180_000,
  )

  it.skipIf(!isHere(bunPath))('Bun, which has no brainpool', async () => {
    const bundle = join(folder, 'bun.mjs')
    await build({
      entryPoints: [main],
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@cccd/source', 'node'],
      outfile: bundle,
      logLevel: 'error',
    })
    const lines = execFileSync(bunPath, [bundle], { encoding: 'utf8', timeout: 120_000 }).trim().split('\n')
    expect(lines.slice(0, expected.length)).toEqual(expected)
    const used = JSON.parse(lines.slice(-2)[0] ?? '{}') as Record<string, string>
    expect(used).toMatchObject({ 'curve:brainpoolP256r1': 'portable', 'curve:P-256': 'node', aes: 'node' })
  })
})
