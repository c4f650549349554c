import { afterEach, describe, expect, it, vi } from 'vitest'
import { pauseByMacrotask } from '../src/pause.js'

const runtimes = {
  Node: {},
  'React Native, whose setImmediate is a microtask': { navigator: { product: 'ReactNative' } },
  'a page': { setImmediate: undefined },
  'a worker without messages': { setImmediate: undefined, MessageChannel: undefined },
}

describe('the default pause', () => {
  afterEach(() => vi.unstubAllGlobals())

  it.each(Object.keys(runtimes))('lets tasks run in %s', async (runtime) => {
    const setTimeout = vi.fn(globalThis.setTimeout)
    const globals = { setTimeout, ...runtimes[runtime as keyof typeof runtimes] }
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
    let ran = false
    new Promise<void>((resolve) => globalThis.queueMicrotask(resolve)).then(
      () => {
        ran = true
      },
      () => undefined,
    )
    await pauseByMacrotask()
    expect(ran).toBe(true)
    // Timers are the last choice: pages make them wait.
    expect(setTimeout.mock.calls.length).toBe(runtime.startsWith('React') || runtime.includes('without') ? 1 : 0)
  })

  it('goes on at once where there are no tasks', async () => {
    for (const name of ['setImmediate', 'MessageChannel', 'setTimeout']) vi.stubGlobal(name, undefined)
    await pauseByMacrotask()
  })
})
