import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messages } from '@cccd/react-native/messages'
import { describe, expect, it } from 'vitest'
import { bundleForHermes, hermesPath, isHere, root } from '../../../test-vectors/runtimes.js'

const here = join(root, 'packages/react-native/test')
const cache = join(root, 'node_modules/.cache/runtimes')

describe.skipIf(!isHere(hermesPath))('the adapter and its library on the engine of React Native', () => {
  it.each(['android', 'ios'] as const)('%s', async (system) => {
    const [bridge, entry, script] = ['bridge.ts', 'entry.ts', 'js'].map((end) => join(cache, `phone-${system}.${end}`)) as [
      string,
      string,
      string,
    ]
    mkdirSync(cache, { recursive: true })
    writeFileSync(
      bridge,
      `import { reactNative } from ${JSON.stringify(`${here}/nativeModule.ts`)}
const { module, phone } = reactNative(${JSON.stringify(system)})
export const { Platform, NativeModules, NativeEventEmitter } = module
export { phone }`,
    )
    writeFileSync(
      entry,
      `import { scenario } from ${JSON.stringify(`${here}/onHermes.ts`)}
import { phone } from 'react-native'
scenario(phone).then((output) => print(JSON.stringify(output)), (error) => print(JSON.stringify(String(error && error.stack))))`,
    )
    writeFileSync(script, await bundleForHermes(entry, { alias: { 'react-native': bridge }, loader: { '.js': 'jsx' } }))
    const output = execFileSync(hermesPath, ['-O', '-Xmicrotask-queue', script], { encoding: 'utf8', timeout: 60_000 })
    const limit = system === 'ios' ? 1024 : 65_279
    expect(JSON.parse(output)).toEqual([[1, limit], messages.LINK_LOST.vi, [2, limit]])
  })
})
