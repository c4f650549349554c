import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformAsync } from '@babel/core'
import { type BuildOptions, build } from 'esbuild'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** One bundle from source for a runtime, by its export conditions. */
export async function bundle(entry: string, conditions: readonly string[], options: BuildOptions = {}): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['@cccd/source', ...conditions],
    nodePaths: [join(root, 'node_modules')],
    logLevel: 'error',
    ...options,
  })
  const [file] = result.outputFiles ?? []
  if (file === undefined) throw new Error('nothing was bundled')
  return file.text
}

/** The only global an application adds for Hermes (react-native-get-random-values does it): tests inject their own randomness. */
const randomValues =
  'globalThis.crypto = { getRandomValues: function (a) { for (var i = 0; i < a.length; i++) a[i] = (i * 167 + 13) & 255; return a } };\n'

/** A script for Hermes: the bundle through React Native's own Babel preset, in the profile of this engine's age. */
export async function bundleForHermes(entry: string, options: BuildOptions = {}): Promise<string> {
  const text = await bundle(entry, ['react-native'], { mainFields: ['react-native', 'module', 'main'], ...options })
  const transformed = await transformAsync(text, {
    presets: [
      [
        '@react-native/babel-preset',
        { unstable_transformProfile: 'default', enableBabelRuntime: false, disableImportExportTransform: true },
      ],
    ],
    cwd: root,
    filename: join(root, 'bundle.js'),
    babelrc: false,
    configFile: false,
    generatorOpts: { compact: true },
  })
  if (typeof transformed?.code !== 'string') throw new Error('Babel gave nothing')
  return randomValues + transformed.code
}

const platformFolder = { linux: 'linux64-bin/hermes', darwin: 'osx-bin/hermes', win32: 'win64-bin/hermes.exe' } as const
export const hermesPath = join(
  root,
  'node_modules/hermes-engine-cli',
  platformFolder[process.platform as keyof typeof platformFolder] ?? 'none',
)
export const chromiumPath = process.env.CCCD_CHROMIUM ?? '/usr/bin/chromium'
export const bunPath = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'bun.exe' : 'bun')

/** Whether a runtime is here; where tests must not be skipped, its absence is an error and not a skip. */
export function isHere(path: string): boolean {
  const here = existsSync(path)
  if (!here && process.env.CI === 'true' && process.platform === 'linux') throw new Error(`${path} is missing`)
  return here
}
