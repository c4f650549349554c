// npm test: installs what it needs, checks, builds, and runs the fast set; with --full, everything.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { install, root, run } from './setup.mjs'
import { installSystemPackages } from './system.mjs'

const full = process.argv.includes('--full')
const started = Date.now()
const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`

const missing = installSystemPackages()
if (missing.length > 0) console.log(`not on this machine, their tests are reported as skipped: ${missing.join(', ')}`)
const pcscliteCanBuild = existsSync('/usr/include/PCSC/winscard.h')
install({ force: pcscliteCanBuild && existsSync(join(root, 'node_modules')) && !existsSync(join(root, 'node_modules/pcsclite')) })

const cache = join(root, 'node_modules/.cache')
mkdirSync(cache, { recursive: true })
const results = join(cache, 'test-results.json')
rmSync(results, { force: true })
let failed = 0
const step = (name, program, args, options) => {
  console.log(`\n── ${name} (${seconds()})`)
  const status = run(program, args, options)
  if (status !== 0) {
    failed++
    console.log(`✗ ${name}`)
  }
}

step('lint, format, types, floors, manifests', process.execPath, [join(root, '.ci/check.mjs')])
step('build and packaging', process.execPath, [join(root, '.ci/packaging.mjs')])
step(
  'tests',
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
  {
    env: { ...process.env, CCCD_TEST: full ? 'full' : 'fast' },
  },
)

const vectors = [process.env.CCCD_VECTORS, join(root, '../shared/vectors')].find(
  (folder) => folder && existsSync(join(folder, 'SHA256SUMS')),
)
const files =
  vectors === undefined ? [] : readdirSync(vectors, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
console.log(
  vectors === undefined ? '\nno shared vectors here: their tests were skipped' : `\nvector files found: ${files.length}`,
)
const report = existsSync(results)
  ? JSON.parse(readFileSync(results, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 }
if (report.numPassedTests === 0) failed++
console.log(
  `\n${full ? 'full' : 'fast'} set finished in ${seconds()}; other steps failed: ${failed - (report.numFailedTests > 0 ? 1 : 0)}`,
)
console.log(
  `tests: ${report.numPassedTests} passed, ${report.numFailedTests + (failed > 0 && report.numFailedTests === 0 ? failed : 0)} failed, ${report.numPendingTests} skipped`,
)
process.exit(failed === 0 ? 0 : 1)
