// How much an application downloads, entry by entry, from the built packages: size-limit over bundles made as an application makes them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { install, root, run } from './setup.mjs'
import { budgets, forbidden, laterParts } from './size-budgets.mjs'

install()
const folder = join(root, 'node_modules/.cache/size')
rmSync(folder, { recursive: true, force: true })

let failed = 0
const complain = (line) => {
  failed++
  console.error(`✗ ${line}`)
}
const checks = []
for (const [index, { name, code, limit, later = [] }] of budgets.entries()) {
  const outdir = join(folder, String(index))
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: root, sourcefile: 'entry.js' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    outdir,
    metafile: true,
    logLevel: 'error',
    absWorkingDir: root,
  })
  const { outputs } = metafile
  const entry = Object.keys(outputs).find((path) => outputs[path].entryPoint === 'entry.js')
  if (entry === undefined) throw new Error(`no bundle for ${name}`)
  const first = loadedWith(outputs, entry)
  checks.push({ name: `${name}: first load`, path: [...first], limit })
  checkStrings(name, first)
  const seen = new Set(first)
  for (const path of laterEntries(outputs, entry)) {
    const part = later.find((label) => modulesOf(outputs, path).some((module) => laterParts[label].module.test(module)))
    const chunk = [...loadedWith(outputs, path)].filter((file) => !seen.has(file))
    if (part === undefined) complain(`${name} loads ${outputs[path].entryPoint} later, which no budget names`)
    else if (chunk.length > 0) note(`${name}: later, ${part}`, chunk, laterParts[part].limit)
  }
}

/** Several entries may stand behind one budget: they count together. */
function note(name, files, limit) {
  const known = checks.find((check) => check.name === name)
  if (known === undefined) checks.push({ name, path: files, limit })
  else known.path = [...new Set([...known.path, ...files])]
}

/** A file and everything that it imports at once. */
function loadedWith(outputs, start, found = new Set()) {
  if (found.has(start)) return found
  found.add(start)
  for (const { path, kind } of outputs[start].imports) if (kind === 'import-statement') loadedWith(outputs, path, found)
  return found
}

/** Everything that can be loaded later, also by what is loaded later. */
function laterEntries(outputs, start, found = new Set()) {
  for (const file of loadedWith(outputs, start))
    for (const { path, kind } of outputs[file].imports)
      if (kind === 'dynamic-import' && !found.has(path)) laterEntries(outputs, path, found.add(path))
  return found
}

function modulesOf(outputs, path) {
  return [outputs[path].entryPoint ?? '', ...Object.keys(outputs[path].inputs)]
}

function checkStrings(name, files) {
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const pattern of forbidden) if (pattern.test(text)) complain(`the first load of ${name} holds ${pattern.source}`)
  }
}

mkdirSync(folder, { recursive: true })
const config = join(folder, 'size-limit.json')
writeFileSync(
  config,
  JSON.stringify(
    checks.map((check) => ({ ...check, path: check.path.map((file) => join(root, file)), gzip: true })),
    undefined,
    2,
  ),
)
const status = run(process.execPath, [join(root, 'node_modules/size-limit/bin.js'), '--config', config])
if (failed > 0 || checks.length < budgets.length) process.exit(1)
process.exit(status)
