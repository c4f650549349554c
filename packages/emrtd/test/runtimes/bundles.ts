import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../../test-vectors/runtimes.js'

export { bundle, bundleForHermes, bunPath, chromiumPath, hermesPath, isHere, root } from '../../../../test-vectors/runtimes.js'

const here = join(root, 'packages/emrtd/test/runtimes')
const cache = join(root, 'node_modules/.cache/runtimes')

/** Writes the call of the scenario with its input into the cache; `print` is how a runtime gives a line back. */
export function writeEntry(name: string, input: unknown, print: string): string {
  mkdirSync(cache, { recursive: true })
  const path = join(cache, `${name}.entry.ts`)
  writeFileSync(
    path,
    `import { scenario } from ${JSON.stringify(join(here, 'scenario.ts'))}
const input = ${JSON.stringify(input)}
scenario(input).then(
  (output) => ${print}(JSON.stringify(output)),
  (error) => ${print}(JSON.stringify({ error: String(error), stack: String(error && error.stack) + String(error && error.cause) })),
)
`,
  )
  return path
}

export function cachePath(name: string): string {
  return join(cache, name)
}
