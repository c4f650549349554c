import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { defineConfig, type Options } from 'tsup'
import { entriesOf, packages } from './.ci/packages.mjs'

const wanted = (process.env.CCCD_PACKAGES ?? Object.keys(packages).join(',')).split(',')
const declarations = process.env.CCCD_NO_DTS === undefined

const sources = (name: string, files: readonly string[]): Record<string, string> =>
  Object.fromEntries(files.map((file) => [file, `packages/${name}/src/${file}.ts`]))

/** Every module of a package: each stays a file of its own, so that a bundler takes what an application uses and nothing beside it. */
function modulesOf(name: string): string[] {
  const folder = `packages/${name}/src`
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/').slice(0, -3))
}

export default defineConfig(
  Object.entries(packages)
    .filter(([name]) => wanted.includes(name))
    .map(([name, { runtime, bin }]): Options => {
      const entries = entriesOf(name).flatMap(({ files }) => files)
      const files = runtime === 'any' ? modulesOf(name) : [...entries, ...(bin === undefined ? [] : [bin])]
      return {
        name,
        entry: sources(name, files),
        outDir: `packages/${name}/dist`,
        format: ['esm', 'cjs'],
        target: 'es2022',
        platform: runtime === 'node' ? 'node' : 'neutral',
        splitting: true,
        treeshake: false,
        sourcemap: true,
        clean: true,
        skipNodeModulesBundle: true,
        removeNodeProtocol: false,
        dts: declarations
          ? {
              entry: sources(name, entries),
              compilerOptions: {
                composite: false,
                incremental: false,
                customConditions: [],
                ignoreDeprecations: '6.0',
                erasableSyntaxOnly: false,
                types: ['node'],
              },
            }
          : false,
      }
    }),
)
