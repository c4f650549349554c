// Writes docs/errors.md: every error code of every package with its advice in both languages; with --check, only compares.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { entriesOf, packages } from './packages.mjs'
import { root } from './setup.mjs'

const folder = join(root, 'node_modules/.cache/errors-doc')
mkdirSync(folder, { recursive: true })
const lines = [
  '# Error codes',
  '',
  'Every code that a `CccdError` of this SDK can carry, with the advice that `advice(error, language)` of the package’s',
  '`/messages` entry gives. Codes are stable across versions. Written by `node .ci/errors-doc.mjs`.',
]
let count = 0
const seen = new Set()
for (const name of Object.keys(packages)) {
  if (!entriesOf(name).some(({ subpath }) => subpath === './messages')) continue
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [join(root, 'packages', name, 'src/messages.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@cccd/source'],
    outfile,
    logLevel: 'error',
  })
  const { messages } = await import(pathToFileURL(outfile).href)
  const own = Object.entries(messages).filter(([code]) => !seen.has(code))
  if (own.length === 0) continue
  lines.push('', `## @cccd/${name}`)
  for (const [code, { vi, en }] of own) {
    seen.add(code)
    count++
    lines.push('', `### ${code}`, '', en, '', `*${vi}*`)
  }
}
const text = `${lines.join('\n')}\n`
const path = join(root, 'docs/errors.md')
if (process.argv.includes('--check')) {
  const same = existsSync(path) && readFileSync(path, 'utf8') === text
  if (!same) console.error('docs/errors.md is stale, run node .ci/errors-doc.mjs')
  process.exit(same && count > 0 ? 0 : 1)
}
writeFileSync(path, text)
console.log(`docs/errors.md: ${count} codes`)
