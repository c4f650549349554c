import { describe, expect, it } from 'vitest'
import { Deadline } from '../src/index.js'

const never = (): Promise<never> => new Promise(() => undefined)

describe('Deadline', () => {
  it('gives what comes in time, and is silent once it has ended', async () => {
    const deadline = new Deadline(15)
    expect(await deadline.race(Promise.resolve(1))).toBe(1)
    await expect(deadline.race(Promise.reject(new RangeError('x')))).rejects.toThrow(RangeError)
    const rest = deadline.race(never()).then(
      () => 'given',
      () => 'refused',
    )
    deadline.end()
    const later = new Promise((resolve) => setTimeout(resolve, 30, 'nothing'))
    expect(await Promise.race([rest, later])).toBe('nothing')
    expect(deadline.signal?.aborted).toBe(true)
  })

  it('waits no longer than its time, and says so to whoever asks later', async () => {
    const deadline = new Deadline(10, { host: 'ca.example' })
    await expect(deadline.race(never())).rejects.toMatchObject({
      code: 'HTTP_TIMEOUT',
      params: { host: 'ca.example', deadline: 10 },
    })
    expect(() => deadline.check()).toThrow(expect.objectContaining({ code: 'HTTP_TIMEOUT' }))
    await expect(deadline.race(Promise.resolve(1))).rejects.toMatchObject({ code: 'HTTP_TIMEOUT' })
    expect(deadline.signal?.aborted).toBe(true)
  })

  it('ends with the signal of the caller, before or while it waits', async () => {
    const controller = new AbortController()
    const deadline = new Deadline(1000, { signal: controller.signal })
    const waiting = deadline.race(never())
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'HTTP_ABORTED' })
    expect(() => new Deadline(1000, { signal: AbortSignal.abort() }).check()).toThrow(
      expect.objectContaining({ code: 'HTTP_ABORTED' }),
    )
    deadline.end()
  })

  it('hands on the signal of the caller where the runtime makes none', () => {
    const own = globalThis.AbortController
    const { signal } = new AbortController()
    Reflect.set(globalThis, 'AbortController', undefined)
    try {
      const deadline = new Deadline(1000, { signal })
      expect(deadline.signal).toBe(signal)
      deadline.end()
    } finally {
      globalThis.AbortController = own
    }
  })
})
