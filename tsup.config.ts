import { defineConfig, type Options } from 'tsup'
import { entriesOf, packages } from './.ci/packages.mjs'

const wanted = (process.env.CCCD_PACKAGES ?? Object.keys(packages).join(',')).split(',')
const declarations = process.env.CCCD_NO_DTS === undefined

export default defineConfig(
  Object.entries(packages)
    .filter(([name]) => wanted.includes(name))
    .map(([name, { runtime, bin }]): Options => {
      const files = [...entriesOf(name).flatMap(({ files }) => files), ...(bin === undefined ? [] : [bin])]
      return {
        name,
        entry: Object.fromEntries(files.map((file) => [file, `packages/${name}/src/${file}.ts`])),
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
