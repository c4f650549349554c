import { fileURLToPath } from 'node:url'
import { runInThisContext } from 'node:vm'
import type { NfcLibrary } from '@cccd/react-native'
import { build } from 'esbuild'
import { type Phone, reactNative, type System } from './nativeModule.js'

const bundled = build({
  entryPoints: [fileURLToPath(import.meta.resolve('react-native-nfc-manager'))],
  bundle: true,
  write: false,
  format: 'cjs',
  external: ['react-native'],
  loader: { '.js': 'jsx' },
}).then(({ outputFiles }) => outputFiles[0]?.text ?? '')

/** The library's own JavaScript, over our native module in place of React Native's bridge. */
export async function phoneWith(system: System): Promise<{ nfc: NfcLibrary; phone: Phone }> {
  const { module: bridge, phone } = reactNative(system)
  const module: { exports: object } = { exports: {} }
  const load: unknown = runInThisContext(`(function (require, module, exports) { ${await bundled} })`)
  if (typeof load === 'function') load(() => bridge, module, module.exports)
  return { nfc: module.exports as NfcLibrary, phone }
}
