// How much an application downloads, entry by entry, from the built packages: size-limit over bundles made by Vite's own bundler.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { install, root, run } from './setup.mjs'
import { budgets, forbidden, forbiddenModules, laterParts } from './size-budgets.mjs'

install()
const folder = join(root, 'node_modules/.cache/size')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

let failed = 0
const complain = (line) => {
  failed++
  console.error(`✗ ${line}`)
}
const checks = []
for (const [index, { name, code, limit }] of budgets.entries()) {
  const input = join(folder, `entry-${index}.js`)
  writeFileSync(input, code)
  const bundle = await rolldown({ input, platform: 'browser', logLevel: 'silent', cwd: root })
  const dir = join(folder, String(index))
  const { output } = await bundle.write({ dir, format: 'esm', minify: true })
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]))
  const entry = output.find(({ isEntry }) => isEntry)
  if (entry === undefined) throw new Error(`no bundle for ${name}`)
  const first = loadedWith(chunks, entry.fileName)
  note(`${name}: first load`, first, dir, limit)
  checkContents(name, first, chunks, dir)
  for (const [fileName, before] of laterEntries(chunks, entry.fileName)) {
    const { facadeModuleId } = chunks.get(fileName)
    const part = Object.keys(laterParts).find((label) => laterParts[label].module.test(facadeModuleId ?? ''))
    const files = [...loadedWith(chunks, fileName)].filter((file) => !before.has(file))
    if (part === undefined) complain(`${name} loads ${facadeModuleId} later, which no budget names`)
    else if (files.length > 0) note(`${name}: later, ${part}`, files, dir, laterParts[part].limit)
  }
}

/** Several chunks may stand behind one budget: they count together. */
function note(name, files, dir, limit) {
  const paths = [...files].map((file) => join(dir, file))
  const known = checks.find((check) => check.name === name)
  if (known === undefined) checks.push({ name, path: paths, limit, gzip: true })
  else known.path = [...new Set([...known.path, ...paths])]
}

/** A chunk and everything that it imports at once. */
function loadedWith(chunks, start, found = new Set()) {
  if (found.has(start)) return found
  found.add(start)
  for (const file of chunks.get(start).imports) if (chunks.has(file)) loadedWith(chunks, file, found)
  return found
}

/** Everything that can be loaded later, also by what is loaded later, with what is there by then. */
function laterEntries(chunks, start, before = new Set(), found = new Map()) {
  const there = new Set([...before, ...loadedWith(chunks, start)])
  for (const file of there)
    for (const later of chunks.get(file).dynamicImports)
      if (!found.has(later)) laterEntries(chunks, later, there, found.set(later, there))
  return found
}

function checkContents(name, files, chunks, dir) {
  for (const file of files) {
    const text = readFileSync(join(dir, file), 'utf8')
    for (const pattern of forbidden) if (pattern.test(text)) complain(`the first load of ${name} holds ${pattern.source}`)
    for (const pattern of forbiddenModules)
      for (const module of chunks.get(file).moduleIds)
        if (pattern.test(module)) complain(`the first load of ${name} holds ${module}`)
  }
}

const config = join(folder, 'size-limit.json')
writeFileSync(config, JSON.stringify(checks, undefined, 2))
const status = run(process.execPath, [join(root, 'node_modules/size-limit/bin.js'), '--config', config])
if (failed > 0 || checks.length < budgets.length) process.exit(1)
process.exit(status)
