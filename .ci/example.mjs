// Runs an example from source: node .ci/example.mjs software-card clone
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { externalLibraries } from './bundle.mjs'
import { root } from './setup.mjs'

const [name = '', ...args] = process.argv.slice(2)
const source = join(root, 'examples', `${name}.ts`)
if (!/^[a-z-]+$/.test(name) || !existsSync(source)) {
  console.error(`which one? ${readdirSync(join(root, 'examples')).join(' ')}`)
  process.exit(64)
}
const folder = join(root, 'node_modules/.cache/examples')
mkdirSync(folder, { recursive: true })
await build({
  entryPoints: [source],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  conditions: ['@cccd/source'],
  plugins: [externalLibraries],
  outfile: join(folder, `${name}.mjs`),
  logLevel: 'warning',
})
const { status } = spawnSync(process.execPath, [join(folder, `${name}.mjs`), ...args], { stdio: 'inherit' })
process.exit(status ?? 1)
