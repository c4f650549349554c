// Makes a script for Hermes, the engine of React Native: one bundle, then React Native's own Babel preset.
import { transformAsync } from '@babel/core'
import preset from '@react-native/babel-preset'
import { build } from 'esbuild'

/** The only global an application has to add (react-native-get-random-values does): a source of random bytes. Fixed here, tests inject their own. */
const randomValues =
  'globalThis.crypto = { getRandomValues: function (array) { for (var i = 0; i < array.length; i++) array[i] = (i * 167 + 13) & 255; return array } };\n'

/** The text of a script that Hermes runs. */
export async function bundleForHermes(entry, options = {}) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['react-native', 'module', 'main'],
    conditions: ['@cccd/source', 'react-native'],
    logLevel: 'error',
    ...options,
  })
  const { code } = await transformAsync(outputFiles[0].text, {
    presets: [[preset, { unstable_transformProfile: 'default', enableBabelRuntime: false, disableImportExportTransform: true }]],
    filename: 'bundle.js',
    babelrc: false,
    configFile: false,
    compact: false,
    generatorOpts: { compact: true },
  })
  return randomValues + code
}
