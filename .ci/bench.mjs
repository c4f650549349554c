// npm run bench: bundles each file of bench/ from source and runs it; names as arguments choose.
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { install, root, run } from './setup.mjs'

install()
const { build } = await import('esbuild')
const { externalLibraries } = await import('./bundle.mjs')
const folder = join(root, 'node_modules/.cache/bench')
mkdirSync(folder, { recursive: true })
const chosen = process.argv.slice(2)
let failed = 0
for (const file of readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.bench.ts'))) {
  const name = file.replace('.bench.ts', '')
  if (chosen.length > 0 && !chosen.includes(name)) continue
  await build({
    entryPoints: [join(root, 'bench', file)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@cccd/source'],
    plugins: [externalLibraries],
    define: { 'import.meta.url': JSON.stringify(`file://${join(root, 'test-vectors/shared.ts')}`) },
    outfile: join(folder, `${name}.mjs`),
    logLevel: 'warning',
  })
  if (run(process.execPath, [join(folder, `${name}.mjs`)]) !== 0) failed++
}
process.exit(failed === 0 ? 0 : 1)
