// Builds every package and asks two independent judges whether what would be published resolves everywhere.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { packages } from './packages.mjs'
import { root, run } from './setup.mjs'

const node = process.execPath
const status = run(node, [join(root, 'node_modules/tsup/dist/cli-default.js'), '--silent'])
if (status !== 0) process.exit(status)

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
process.exit(failed === 0 ? 0 : 1)
