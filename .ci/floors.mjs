// A package whose src imports from its own floor or above fails; so does one that imports a package it does not name.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packages } from './packages.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const wrong = []
let files = 0
for (const [name, { floor }] of Object.entries(packages)) {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))
  const declared = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }
  const source = join(root, 'packages', name, 'src')
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue
    files++
    const path = join(entry.parentPath, entry.name)
    const text = readFileSync(path, 'utf8')
    for (const [, specifier] of text.matchAll(
      /^(?:import|export)[^'"]*?from ['"]([^'".][^'"]*)['"]|import\(['"]([^'".][^'"]*)['"]\)/gm,
    )) {
      if (specifier === undefined || specifier.startsWith('node:')) continue
      const other = /^@cccd\/([a-z0-9-]+)/.exec(specifier)?.[1]
      if (other !== undefined && other !== name) {
        const below = packages[other]?.floor
        if (below === undefined) wrong.push(`${path}: no such package ${specifier}`)
        else if (below >= floor) wrong.push(`${path}: floor ${floor} imports ${specifier} of floor ${below}`)
      }
      const root = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]
      if (other !== name && declared[root] === undefined)
        wrong.push(`${path}: ${root} is not among the dependencies of @cccd/${name}`)
    }
  }
}
if (files === 0) wrong.push('no source file was found')
for (const line of wrong) console.error(line)
console.log(`floors: ${files} files, ${wrong.length} violations`)
process.exit(wrong.length === 0 ? 0 : 1)
