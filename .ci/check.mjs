// Everything about the source that needs no running: format, lint, floating promises, types, floors, manifests.
import { join } from 'node:path'
import { root, run } from './setup.mjs'

const tool = (path) => join(root, 'node_modules', path)
const checks = [
  ['format and lint', process.execPath, [tool('@biomejs/biome/bin/biome'), 'check', '.', '--diagnostic-level=error']],
  ['type-aware lint', process.execPath, [tool('oxlint/bin/oxlint'), '--type-aware', '--quiet']],
  ['types of portable code', process.execPath, [tool('@typescript/native/bin/tsc'), '-p', 'tsconfig.portable.json']],
  ['types of everything', process.execPath, [tool('@typescript/native/bin/tsc'), '-p', 'tsconfig.json']],
  ['portable code', process.execPath, [join(root, '.ci/portable.mjs')]],
  ['error codes', process.execPath, [join(root, '.ci/errors-doc.mjs'), '--check']],
  ['checks', process.execPath, [join(root, '.ci/checks-doc.mjs'), '--check']],
  ['floors', process.execPath, [join(root, '.ci/floors.mjs')]],
  ['manifests', process.execPath, [join(root, '.ci/manifests.mjs'), '--check']],
]
const failed = checks.filter(([name, program, args]) => {
  const status = run(program, args)
  console.log(`${status === 0 ? '✓' : '✗'} ${name}`)
  return status !== 0
})
process.exit(failed.length === 0 ? 0 : 1)
