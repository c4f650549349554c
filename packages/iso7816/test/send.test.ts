import { concatBytes } from '@cccd/core'
import {
  type CardChannel,
  decodeCommand,
  encodeResponse,
  extendedLimits,
  faulty,
  IsoError,
  send,
  serialised,
  shortLimits,
  TransportError,
} from '@cccd/iso7816'
import { describe, expect, it } from 'vitest'

const none = new Uint8Array()
const read = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 }
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )

interface Scripted extends CardChannel {
  readonly seen: Uint8Array[]
}

/** Answers from a list, the last one for ever. */
function scripted(...answers: readonly (Uint8Array | Error | Promise<Uint8Array>)[]): Scripted {
  const seen: Uint8Array[] = []
  return {
    seen,
    limits: shortLimits,
    async transmit(command) {
      seen.push(command)
      const answer = answers[Math.min(seen.length, answers.length) - 1]
      if (answer instanceof Error || answer === undefined) throw answer
      return answer
    },
    async close() {},
  }
}
const answer = (sw: number, data: Uint8Array = none): Uint8Array => encodeResponse({ data, sw })

describe('send', () => {
  it('gives data and status word', async () => {
    expect(await send(scripted(answer(0x9000, Uint8Array.of(1, 2))), read)).toEqual({ data: Uint8Array.of(1, 2), sw: 0x9000 })
  })

  it('throws for a status word that is not accepted, with the word and the step', async () => {
    const error = await failure(send(scripted(answer(0x6982)), read, { step: 'read.sod' }))
    expect(error).toBeInstanceOf(IsoError)
    expect(error).toMatchObject({ code: 'APDU_STATUS', sw: 0x6982, step: 'read.sod', retryable: false })
    expect(await send(scripted(answer(0x6282, Uint8Array.of(9))), read, { accept: (sw) => sw === 0x6282 })).toMatchObject({
      sw: 0x6282,
    })
  })

  it('joins what 61xx announces, and asks plainly for a protected command', async () => {
    const channel = scripted(
      answer(0x6105, Uint8Array.of(1)),
      answer(0x6102, Uint8Array.of(2, 3)),
      answer(0x9000, Uint8Array.of(4)),
    )
    const { data } = await send(channel, { ...read, cla: 0x0c })
    expect(data).toEqual(Uint8Array.of(1, 2, 3, 4))
    expect(channel.seen.slice(1)).toEqual([Uint8Array.of(0, 0xc0, 0, 0, 5), Uint8Array.of(0, 0xc0, 0, 0, 2)])
  })

  it('ends a 61xx without end', async () => {
    for (const part of [none, new Uint8Array(256)])
      expect(await failure(send(scripted(answer(0x6100, part)), read))).toMatchObject({ code: 'APDU_RESPONSE_TOO_LONG' })
  })

  it('repeats once with the Le of 6Cxx, but never a protected command', async () => {
    const channel = scripted(answer(0x6c10), answer(0x9000, new Uint8Array(16)))
    expect((await send(channel, read)).data).toHaveLength(16)
    expect(channel.seen.map((bytes) => decodeCommand(bytes).le)).toEqual([4, 16])
    expect(await failure(send(scripted(answer(0x6c10)), read))).toMatchObject({ code: 'APDU_STATUS', sw: 0x6c10 })
    const protectedOnce = scripted(answer(0x6c10))
    await failure(send(protectedOnce, { ...read, cla: 0x0c }))
    expect(protectedOnce.seen).toHaveLength(1)
  })

  it('meets its deadline, discards the late answer and does not use the channel again', async () => {
    const late = faulty(scripted(answer(0x9000, Uint8Array.of(1))), [{ at: 0, fault: { type: 'delay', ms: 60 } }])
    const error = await failure(send(late, read, { deadline: 20, step: 'pace' }))
    expect(error).toBeInstanceOf(TransportError)
    expect(error).toMatchObject({ code: 'TRANSPORT_TIMEOUT', retryable: true, step: 'pace', params: { deadline: 20 } })
    expect(await failure(send(late, read))).toMatchObject({ code: 'TRANSPORT_CLOSED' })
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(await failure(send(late, read))).toMatchObject({ code: 'TRANSPORT_CLOSED' })
  })

  it('measures the deadline for each exchange', async () => {
    const slow = (sw: number): Promise<Uint8Array> =>
      new Promise((resolve) => setTimeout(() => resolve(answer(sw, Uint8Array.of(1))), 30))
    let calls = 0
    const channel: CardChannel = {
      limits: shortLimits,
      transmit: () => slow(++calls < 5 ? 0x6101 : 0x9000),
      close: async () => undefined,
    }
    expect((await send(channel, read, { deadline: 100 })).data).toHaveLength(5)
  })

  it('is cancelled before and during an exchange', async () => {
    const untouched = scripted(answer(0x9000))
    expect(await failure(send(untouched, read, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'TRANSPORT_ABORTED' })
    expect(untouched.seen).toHaveLength(0)
    expect((await send(untouched, read)).sw).toBe(0x9000)
    const silent = faulty(scripted(answer(0x9000)), [{ at: 0, fault: { type: 'silence' } }])
    const controller = new AbortController()
    const pending = failure(send(silent, read, { signal: controller.signal }))
    controller.abort()
    expect(await pending).toMatchObject({ code: 'TRANSPORT_ABORTED', retryable: false })
  })

  it('codes what channels do wrong', async () => {
    const empty = (length: number): CardChannel =>
      faulty(scripted(answer(0x9000)), [{ at: 0, fault: { type: 'answer', response: new Uint8Array(length) } }])
    expect(await failure(send(empty(0), read))).toMatchObject({ code: 'TRANSPORT_EMPTY_RESPONSE' })
    expect(await failure(send(empty(1), read))).toMatchObject({ code: 'TRANSPORT_EMPTY_RESPONSE' })
    expect(await failure(send(empty(259), read))).toMatchObject({ code: 'TRANSPORT_LENGTH', params: { length: 259, limit: 258 } })
    const foreign = await failure(send(scripted(new Error('Tag was lost: 00B0000004')), read))
    expect(foreign).toMatchObject({ code: 'LINK_LOST', retryable: true })
    expect(JSON.stringify([String(foreign), String((foreign as Error).cause)])).not.toContain('00B0')
    const throwing: CardChannel = {
      ...scripted(),
      transmit: () => {
        throw new Error('at once')
      },
    }
    expect(await failure(send(throwing, read))).toMatchObject({ code: 'LINK_LOST' })
  })

  it('keeps to what the channel carries', async () => {
    const channel = scripted(answer(0x9000))
    expect(await failure(send(channel, { ...read, data: new Uint8Array(256) }))).toMatchObject({ code: 'TRANSPORT_LENGTH' })
    expect(await failure(send(channel, { ...read, le: 300 }))).toMatchObject({ code: 'TRANSPORT_LENGTH' })
    expect(channel.seen).toHaveLength(0)
    const wide = { ...scripted(answer(0x9000, new Uint8Array(300))), limits: extendedLimits }
    expect((await send(wide, { ...read, le: 300 })).data).toHaveLength(300)
  })
})

describe('serialised', () => {
  it('lets one command through at a time, in order', async () => {
    let running = 0
    let most = 0
    const order: number[] = []
    const channel = serialised({
      ...scripted(),
      async transmit(command) {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 2))
        order.push(command[3] ?? -1)
        running--
        return concatBytes(command.subarray(3, 4), Uint8Array.of(0x90, 0))
      },
    })
    await Promise.all([0, 1, 2, 3, 4].map((p2) => send(channel, { ...read, p2 })))
    expect(most).toBe(1)
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  it('goes on after a failure, never sends what was cancelled while waiting, rejects after close', async () => {
    const inner = scripted(new Error('x'), answer(0x9000))
    const channel = serialised(inner)
    const controller = new AbortController()
    const first = failure(channel.transmit(Uint8Array.of(0, 0, 0, 0)))
    const second = failure(channel.transmit(Uint8Array.of(0, 0, 0, 1), { signal: controller.signal }))
    controller.abort()
    await first
    expect(await second).toMatchObject({ code: 'TRANSPORT_ABORTED' })
    expect(await channel.transmit(Uint8Array.of(0, 0, 0, 2))).toEqual(answer(0x9000))
    expect(inner.seen).toHaveLength(2)
    await channel.close()
    await channel.close()
    expect(await failure(channel.transmit(Uint8Array.of(0, 0, 0, 3)))).toMatchObject({ code: 'TRANSPORT_CLOSED' })
  })
})
