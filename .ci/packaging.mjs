// Builds every package and asks two independent judges whether what would be published resolves everywhere.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { entriesOf, packages } from './packages.mjs'
import { root, run } from './setup.mjs'

const node = process.execPath
const status = run(node, [join(root, '.ci/build.mjs')])
if (status !== 0) process.exit(status)

if (run(node, [join(root, '.ci/size.mjs')]) !== 0) {
  console.log('✗ size budgets')
  process.exit(1)
}
console.log('✓ size budgets')

const tarballs = join(root, 'node_modules/.cache/tarballs')
rmSync(tarballs, { recursive: true, force: true })
mkdirSync(tarballs, { recursive: true })
run('npm', ['pack', '--workspaces', '--silent', '--pack-destination', tarballs], { stdio: ['ignore', 'ignore', 'inherit'] })
const files = readdirSync(tarballs).filter((name) => name.endsWith('.tgz'))
let failed = files.length === Object.keys(packages).length ? 0 : 1
for (const name of Object.keys(packages)) {
  const tarball = files.find((file) => file.startsWith(`cccd-${name}-`))
  if (tarball === undefined) continue
  const path = join(tarballs, tarball)
  const lint = spawnSync(node, [join(root, 'node_modules/publint/src/cli.js'), path, '--strict'], { encoding: 'utf8' })
  const types = spawnSync(
    node,
    [
      join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
      path,
      '--profile',
      'node16',
      '--format',
      'ascii',
      '--no-emoji',
    ],
    { encoding: 'utf8' },
  )
  const good = lint.status === 0 && types.status === 0
  if (!good) {
    failed++
    console.log(lint.status === 0 ? '' : lint.stdout + lint.stderr, types.status === 0 ? '' : types.stdout + types.stderr)
  }
  console.log(`${good ? '✓' : '✗'} @cccd/${name}: publint --strict, attw`)
}

// A consumer with nothing but the tarballs: every entry loads as ESM and as CommonJS, and both halves know each other's errors.
const consumer = join(root, 'node_modules/.cache/consumer')
rmSync(consumer, { recursive: true, force: true })
for (const file of files) {
  const name = /^cccd-([a-z0-9-]+)-\d/.exec(file)?.[1]
  const folder = join(consumer, 'node_modules/@cccd', name)
  mkdirSync(folder, { recursive: true })
  if (run('tar', ['-xzf', join(tarballs, file), '-C', folder, '--strip-components=1']) !== 0) failed++
}
const specifiers = Object.keys(packages).flatMap((name) =>
  entriesOf(name).map(({ subpath }) => `@cccd/${name}${subpath.slice(1)}`),
)
const script = `
const { createRequire } = require('node:module')
const load = createRequire(process.cwd() + '/consumer.cjs')
;(async () => {
  let wrong = 0
  for (const name of ${JSON.stringify(specifiers)}) {
    try {
      const cjs = Object.keys(load(name)).filter((key) => key !== '__esModule' && key !== 'default').sort()
      const esm = Object.keys(await import(require('node:url').pathToFileURL(process.cwd() + '/entry.mjs').href + '?' + name).then((m) => m.default)).filter((key) => key !== 'default' && key !== 'module.exports').sort()
      if (cjs.length === 0 || cjs.join() !== esm.join()) throw new Error('exports differ or are empty')
    } catch (error) {
      wrong++
      console.log('✗', name, error.message)
    }
  }
  const { CoreError } = load('@cccd/core')
  const { CccdError } = await import(require('node:url').pathToFileURL(process.cwd() + '/entry.mjs').href + '?@cccd/core').then((m) => m.default)
  if (!CccdError.is(new CoreError('CURSOR_END', 'x'))) wrong++
  console.log((wrong === 0 ? '✓' : '✗') + ' ${specifiers.length} entries load as ESM and CommonJS')
  process.exit(wrong === 0 ? 0 : 1)
})()
`
writeFileSync(
  join(consumer, 'entry.mjs'),
  'export default await import(decodeURIComponent(new URL(import.meta.url).search.slice(1)))\n',
)
writeFileSync(join(consumer, 'consumer.cjs'), script)
if (run(node, ['consumer.cjs'], { cwd: consumer }) !== 0) failed++
const demo = run(node, ['node_modules/@cccd/cli/dist/bin.js', 'demo', '--lang', 'en'], {
  cwd: consumer,
  stdio: ['ignore', 'ignore', 'inherit'],
})
console.log(`${demo === 0 ? '✓' : '✗'} the packed cccd runs its demo`)
if (demo !== 0) failed++
process.exit(failed === 0 ? 0 : 1)
