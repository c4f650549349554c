// Runs the CLI from source: bundles it once per change into node_modules/.cache (third-party packages stay outside).
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { externalLibraries } from './bundle.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(root, 'node_modules/.cache/cccd')
mkdirSync(folder, { recursive: true })

await build({
  entryPoints: { cccd: join(root, 'packages/cli/src/bin.ts') },
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  conditions: ['@cccd/source'],
  plugins: [externalLibraries],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
})
const { status, signal } = spawnSync(process.execPath, [join(folder, 'cccd.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(signal === 'SIGINT' ? 130 : (status ?? 1))
