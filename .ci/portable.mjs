// What Hermes or a worker lacks must not be used by portable code: it would fail on a phone and in no test under Node.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packages } from './packages.mjs'
import { root } from './setup.mjs'

const absent = [
  /\.at\(/,
  /\.findLast(Index)?\(/,
  /\.to(Sorted|Reversed|Spliced)\(/,
  /\bSymbol\.async(Iterator|Dispose)\b/,
  /\bfor await\b/,
  /\bWeakRef\b/,
  /\bperformance\./,
  /\bArray\.fromAsync\b/,
  /\bPromise\.withResolvers\b/,
  /\bnew AbortController\b/,
  /\bAbortSignal\.(any|timeout)\b/,
  /\(\?<[=!]/,
  /\(\?<[a-zA-Z]/,
  /\\p\{/,
]
const wrong = []
let files = 0
for (const [name, { runtime }] of Object.entries(packages)) {
  if (runtime !== 'any') continue
  const source = join(root, 'packages', name, 'src')
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.includes('.node.') || path.includes(join('src', 'node')))
      continue
    files++
    readFileSync(path, 'utf8')
      .split('\n')
      .forEach((line, index) => {
        if (/^\s*(\*|\/\/|\/\*)/.test(line)) return
        for (const pattern of absent) if (pattern.test(line)) wrong.push(`${path}:${index + 1}: ${pattern.source}`)
      })
  }
}
for (const line of wrong) console.error(line)
console.log(`portable code: ${files} files, ${wrong.length} uses of what some runtime lacks`)
process.exit(wrong.length === 0 && files > 0 ? 0 : 1)
