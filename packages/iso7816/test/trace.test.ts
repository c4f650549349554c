import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { type CardChannel, faulty, importTrace, recording, replay, send, shortLimits, Trace } from '@cccd/iso7816'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const echo: CardChannel = {
  limits: shortLimits,
  answerToReset: Uint8Array.of(0x3b, 0x00),
  transmit: async (command) => Uint8Array.of(...command.subarray(4), 0xab, 0xcd, 0x90, 0x00),
  close: async () => undefined,
}
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )
const challenge = { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 }
const select = { cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: Uint8Array.of(0xa0, 0x00) }

async function recorded(): Promise<Trace> {
  let seed = 0
  let now = 0
  const channel = recording(echo, { randomness: (length) => new Uint8Array(length).fill(++seed), clock: () => (now += 5) })
  await send(channel, challenge)
  channel.random(4)
  await send(channel, select)
  channel.random(2)
  return channel.trace()
}

describe('recording and replay', () => {
  it('replays exchanges and randomness', async () => {
    const trace = await recorded()
    expect(trace.exchanges.map(({ ms }) => ms)).toEqual([5, 5])
    const again = replay(trace)
    expect(again.answerToReset).toEqual(echo.answerToReset)
    expect((await send(again, challenge)).data).toEqual(Uint8Array.of(8, 0xab, 0xcd))
    expect(again.random(4)).toEqual(Uint8Array.of(1, 1, 1, 1))
    expect(again.remaining).toBe(1)
    await send(again, select)
    expect(again.random(2)).toEqual(Uint8Array.of(2, 2))
    expect(await failure(send(again, select))).toMatchObject({
      code: 'TRANSPORT_REPLAY_EXHAUSTED',
      params: { what: 'exchange', index: 2 },
    })
    expect(() => again.random(1)).toThrow(expect.objectContaining({ code: 'TRANSPORT_REPLAY_EXHAUSTED' }))
  })

  it('refuses another command and another length of randomness, and stays where it is', async () => {
    const again = replay(await recorded())
    expect(await failure(send(again, select))).toMatchObject({
      code: 'TRANSPORT_REPLAY_MISMATCH',
      params: { index: 0 },
      retryable: false,
    })
    expect(() => again.random(5)).toThrow(expect.objectContaining({ code: 'TRANSPORT_REPLAY_MISMATCH' }))
    expect((await send(again, challenge)).sw).toBe(0x9000)
  })

  it('says so when there is no randomness to give', () => {
    expect(() => recording(echo).random(1)).toThrow(TypeError)
  })

  it('shows nothing unless asked in so many words', async () => {
    const trace = await recorded()
    for (const shown of [
      inspect(trace, { depth: 9 }),
      JSON.stringify(trace),
      inspect(trace.exchanges[0]),
      inspect(trace.randomness[0]),
    ]) {
      expect(shown).not.toMatch(/ab, ?cd|171, ?205|160/i)
      expect(shown).not.toContain('q80')
    }
    expect(() => trace.export({} as { sensitive: true })).toThrow(TypeError)
    const text = trace.export({ sensitive: true })
    expect(text).toContain('SENSITIVE')
    const back = importTrace(text)
    expect(back.exchanges).toEqual(trace.exchanges)
    expect(back.randomness).toEqual(trace.randomness)
    expect(back.answerToReset).toEqual(trace.answerToReset)
    expect(back.limits).toEqual(trace.limits)
    expect(back).toBeInstanceOf(Trace)
  })

  it('refuses what is no trace', async () => {
    const text = (await recorded()).export({ sensitive: true })
    const broken = [
      '',
      'null',
      '[]',
      '{}',
      text.replace('"version":2', '"version":3'),
      text.replace('"response":', '"error":"LINK_LOST","response":'),
      text.replace(/"response":\{[^}]*\}/, '"error":"MADE_UP"'),
      text.replace(/,"response":\{[^}]*\}/, ''),
      text.replace('"maxCommandLength":261', '"maxCommandLength":-1'),
      text.replace('"exchanges":[', '"exchanges":[1,'),
      text.replace('"randomness":[', '"randomness":["a",'),
    ]
    for (const value of broken)
      expect(() => importTrace(value), value).toThrow(expect.objectContaining({ code: 'TRANSPORT_TRACE_INVALID' }))
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ maxLength: 3 }), (at, piece) => {
        try {
          importTrace(text.slice(0, at) + piece + text.slice(at + 1))
        } catch (error) {
          expect(error).toMatchObject({ code: 'TRANSPORT_TRACE_INVALID' })
        }
      }),
    )
  })

  it('records how an exchange failed, and fails alike when replayed', async () => {
    const broken = faulty(echo, [{ at: 1, fault: { type: 'link-lost' } }])
    const channel = recording(broken, { context: { kind: 'test', challenge: Uint8Array.of(7) } })
    await send(channel, challenge)
    expect(await failure(send(channel, select))).toMatchObject({ code: 'LINK_LOST' })
    const back = importTrace(channel.trace().export({ sensitive: true }))
    expect(back.exchanges).toEqual(channel.trace().exchanges)
    expect(back.exchanges[1]).toMatchObject({ response: new Uint8Array(0), error: 'LINK_LOST' })
    expect(back.context).toEqual({ kind: 'test', challenge: Uint8Array.of(7) })
    const again = replay(back)
    await send(again, challenge)
    expect(await failure(send(again, select))).toMatchObject({ code: 'LINK_LOST', retryable: true })
    expect(again.remaining).toBe(0)
  })

  it('notes a command that is never answered, and an answer that is none', async () => {
    const silent = recording(faulty(echo, [{ at: 0, fault: { type: 'silence' } }]))
    expect(await failure(send(silent, challenge, { deadline: 5 }))).toMatchObject({ code: 'TRANSPORT_TIMEOUT' })
    expect(silent.trace().exchanges).toMatchObject([{ error: 'TRANSPORT_TIMEOUT' }])
    const foreign = recording({
      ...echo,
      transmit: async () => {
        throw new Error('unplugged')
      },
    })
    expect(await failure(send(foreign, challenge))).toMatchObject({ code: 'LINK_LOST' })
    expect(foreign.trace().exchanges).toMatchObject([{ error: 'LINK_LOST' }])
    const short = recording({ ...echo, transmit: async () => Uint8Array.of(0x90) })
    expect(await failure(send(short, challenge))).toMatchObject({ code: 'TRANSPORT_EMPTY_RESPONSE' })
    expect(short.trace().exchanges).toMatchObject([{ error: 'TRANSPORT_EMPTY_RESPONSE' }])
  })

  it('reads every version of the format there has been', () => {
    const golden = (version: number): string =>
      readFileSync(new URL(`golden/trace-${version}.golden.json`, import.meta.url), 'utf8').trim()
    const first = importTrace(golden(1))
    expect(first.exchanges.map(({ ms, response }) => [ms, response.length])).toEqual([
      [12, 2],
      [undefined, 2],
      [3.5, 10],
    ])
    expect(first.randomness.map(({ length }) => length)).toEqual([8, 16])
    const second = importTrace(golden(2))
    expect(second.exchanges[3]).toMatchObject({ error: 'LINK_LOST' })
    expect(second.export({ sensitive: true })).toBe(golden(2))
  })

  it('does not let a caller change what was recorded', async () => {
    const command = Uint8Array.of(0, 0x84, 0, 0, 8)
    const channel = recording(echo)
    const response = await channel.transmit(command)
    command.fill(0xff)
    response.fill(0xff)
    expect(channel.trace().exchanges[0]).toEqual({
      command: Uint8Array.of(0, 0x84, 0, 0, 8),
      response: Uint8Array.of(8, 0xab, 0xcd, 0x90, 0),
    })
  })
})

describe('faulty', () => {
  it('does what each fault says', async () => {
    const channel = faulty(echo, [
      { at: 1, fault: { type: 'duplicate' } },
      { at: 2, fault: { type: 'corrupt', offset: -1 } },
      { at: (_, index) => index === 3, fault: { type: 'answer', response: Uint8Array.of(0x6f, 0) } },
      { at: 4, fault: { type: 'link-lost' } },
    ])
    const command = (le: number): Promise<Uint8Array> => channel.transmit(Uint8Array.of(0, 0x84, 0, 0, le))
    const first = await command(1)
    expect(await command(2)).toEqual(first)
    expect(await command(3)).toEqual(Uint8Array.of(3, 0xab, 0xcd, 0x90, 0x01))
    expect(await command(4)).toEqual(Uint8Array.of(0x6f, 0))
    expect(await failure(command(5))).toMatchObject({ code: 'LINK_LOST' })
    expect(await failure(command(6))).toMatchObject({ code: 'LINK_LOST' })
  })
})
