import { getEventListeners } from 'node:events'
import { portableCrypto } from '@cccd/crypto/portable'
import { secureMessaging } from '@cccd/emrtd'
import { type CardChannel, encodeResponse, exchange, recording, send, serialised, shortLimits } from '@cccd/iso7816'
import { openPcsc, type PcscBinding } from '@cccd/pcsc'
import type { NfcLibrary } from '@cccd/react-native'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isoDepChannel } from '../../react-native/src/isoDepChannel.js'

type Answer = (command: Uint8Array) => PromiseLike<Uint8Array>

const read = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 }
const good = (mark: number): Uint8Array => encodeResponse({ data: Uint8Array.of(mark), sw: 0x9000 })
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )
const never = new Promise<Uint8Array>(() => undefined)
const after = (ms: number, response: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve) => setTimeout(() => resolve(response), ms))

/** A link that answers as told, one answer for each command, and remembers what reached it. */
function linkOf(...answers: readonly Answer[]): CardChannel & { readonly seen: Uint8Array[] } {
  const seen: Uint8Array[] = []
  return {
    seen,
    limits: shortLimits,
    transmit(command) {
      seen.push(command.slice())
      // An adapter in plain JavaScript may hand back any thenable, or throw at once.
      return answers[seen.length - 1]?.(command) as Promise<Uint8Array>
    },
    close: async () => undefined,
  }
}

/** The same link as PC/SC has it. */
async function overPcsc(link: CardChannel): Promise<CardChannel> {
  const binding: PcscBinding = {
    name: 'test',
    open(listener) {
      setTimeout(() => listener.state('reader', 0x22))
      return {
        connect: async () => ({ transmit: async (command) => link.transmit(command), disconnect: () => link.close() }),
        close: async () => undefined,
      }
    },
  }
  const pcsc = await openPcsc({ binding })
  return pcsc.connect({ limits: shortLimits })
}

/** The same link as react-native-nfc-manager has it. */
async function overPhone(link: CardChannel): Promise<CardChannel> {
  class Never {}
  const [UnsupportedFeature, SecurityViolation, InvalidParameterLength, RadioDisabled, SessionInvalidated] = Array(5).fill(Never)
  const [PacketTooLong, UserCancel, Timeout, SystemBusy] = Array(4).fill(Never)
  const library: NfcLibrary = {
    default: {
      start: async () => undefined,
      isSupported: async () => true,
      isEnabled: async () => true,
      requestTechnology: async () => 'IsoDep',
      cancelTechnologyRequest: async () => undefined,
      isoDepHandler: { transceive: async (bytes) => [...(await link.transmit(Uint8Array.from(bytes)))] },
    },
    NfcError: {
      ...{ UnsupportedFeature, SecurityViolation, InvalidParameterLength, RadioDisabled, SessionInvalidated },
      ...{ PacketTooLong, UserCancel, Timeout, SystemBusy },
    },
  }
  return isoDepChannel(library, { limits: shortLimits }, () => link.close())
}

async function overSecureMessaging(link: CardChannel): Promise<CardChannel> {
  const keys = { encryption: new Uint8Array(16), mac: new Uint8Array(16), sendSequenceCounter: new Uint8Array(16) }
  return secureMessaging(link, { cipher: 'AES-128', ...keys }, portableCrypto())
}

/** Everything that stands between a protocol and a link. */
const wrappers: readonly [name: string, wrap: (link: CardChannel) => CardChannel | Promise<CardChannel>][] = [
  ['a bare link', (link) => link],
  ['serialised', serialised],
  ['recording', (link) => recording(link)],
  ['secureMessaging', overSecureMessaging],
  ['pcsc', overPcsc],
  ['react-native', overPhone],
  ['recording over serialised', (link) => recording(serialised(link))],
]

describe.each(wrappers)('%s', (name, wrap) => {
  const opaque = name === 'secureMessaging'
  const open = async (...answers: readonly Answer[]): Promise<{ channel: CardChannel; seen: Uint8Array[] }> => {
    const link = linkOf(...answers)
    const channel = await wrap(link)
    vi.useFakeTimers()
    return { channel, seen: link.seen }
  }
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('answers late: the answer is nobody’s, and the channel is not used again', async () => {
    const { channel, seen } = await open(
      () => after(60, good(1)),
      async () => good(2),
    )
    const first = failure(send(channel, read, { deadline: 20, step: 'pace' }))
    await vi.advanceTimersByTimeAsync(30)
    expect(await first).toMatchObject({ code: 'TRANSPORT_TIMEOUT', retryable: true, step: 'pace', params: { deadline: 20 } })
    expect(await failure(send(channel, read))).toMatchObject({ code: 'TRANSPORT_CLOSED', retryable: true })
    await vi.advanceTimersByTimeAsync(60)
    expect(await failure(send(channel, read))).toMatchObject({ code: 'TRANSPORT_CLOSED' })
    expect(seen).toHaveLength(1)
  })

  it('answers late: whoever is next in line waits for it, and takes his own', async () => {
    const { channel, seen } = await open(
      () => after(60, good(1)),
      async () => good(2),
    )
    const controller = new AbortController()
    const first = failure(exchange(channel, Uint8Array.of(0, 0xb0, 0, 0, 4), { signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(10)
    controller.abort()
    expect(await first).toMatchObject({ code: 'TRANSPORT_ABORTED' })
    const second = failure(exchange(channel, Uint8Array.of(0, 0xb0, 0, 1, 4)).then((response) => response[0]))
    await vi.advanceTimersByTimeAsync(20)
    expect(seen).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(60)
    if (opaque) expect(await second).toMatchObject({ code: expect.stringMatching(/^SM_/) })
    else expect([await second, seen.length]).toEqual(['no error', 2])
  })

  it('answers twice: the second answer is dropped', async () => {
    const twice = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable that breaks its promise is what this is about
      then(resolve: (response: Uint8Array) => void) {
        resolve(good(1))
        resolve(good(9))
      },
    } as PromiseLike<Uint8Array>
    const { channel } = await open(
      () => twice,
      async () => good(2),
    )
    const first = await failure(send(channel, read).then(({ data }) => expect(data).toEqual(Uint8Array.of(1))))
    if (opaque) return expect(first).toMatchObject({ code: 'SM_BAD_ANSWER' })
    expect(first).toBe('no error')
    expect((await send(channel, read)).data).toEqual(Uint8Array.of(2))
  })

  it('answers twice: what it writes into its buffer afterwards changes nothing', async () => {
    const buffer = good(1)
    const { channel } = await open(async () => buffer)
    const response = exchange(channel, Uint8Array.of(0, 0xb0, 0, 0, 4))
    if (opaque) return expect(await failure(response)).toMatchObject({ code: 'SM_BAD_ANSWER' })
    const taken = await response
    buffer.fill(0)
    expect(taken).toEqual(good(1))
  })

  it.each([0, 1])('answers short: %i bytes are no answer', async (length) => {
    const { channel } = await open(async () => new Uint8Array(length))
    // Drivers of PC/SC say so of a card that was pulled out.
    const code = name === 'pcsc' ? 'LINK_LOST' : 'TRANSPORT_EMPTY_RESPONSE'
    expect(await failure(send(channel, read, { step: 'read' }))).toMatchObject({ code, step: 'read' })
  })

  it('answers long: more than it said that it carries', async () => {
    const { channel } = await open(async () => new Uint8Array(259))
    const code = opaque ? 'SM_BAD_ANSWER' : 'TRANSPORT_LENGTH'
    expect(await failure(send(channel, read))).toMatchObject({ code })
  })

  it('answers long: more than any channel carries', async () => {
    const { channel } = await open(async () => new Uint8Array(65_539))
    expect(await failure(send(channel, read))).toMatchObject({ code: 'TRANSPORT_LENGTH', params: { length: 65_539 } })
  })

  it('answers never: the deadline ends it, also for those in line', async () => {
    const { channel, seen } = await open(() => never)
    const both = [0, 1].map((p2) => failure(send(channel, { ...read, p2 }, { deadline: 50 + p2 })))
    await vi.advanceTimersByTimeAsync(60)
    for (const error of await Promise.all(both)) expect(error).toMatchObject({ code: 'TRANSPORT_TIMEOUT' })
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['rejects', async () => Promise.reject(new Error('00B0 lost'))],
    [
      'throws at once',
      () => {
        throw new Error('00B0 lost')
      },
    ],
  ] as const)('%s: the link is lost, and nothing of the foreign text is shown', async (_, answer) => {
    const { channel } = await open(answer)
    const error = await failure(send(channel, read, { step: 'read' }))
    expect(error).toMatchObject({ code: 'LINK_LOST', retryable: true, step: 'read' })
    expect(String(error) + String(error instanceof Error && error.cause)).not.toContain('00B0')
  })

  it.each(['before', 'in line', 'while it answers', 'after'])(
    'is cancelled %s, and no listener or timer is left',
    async (when) => {
      const { channel, seen } = await open(
        () => after(40, good(1)),
        () => after(40, good(2)),
      )
      const controller = new AbortController()
      const { signal } = controller
      if (when === 'before') controller.abort()
      const other = when === 'in line' ? failure(send(channel, read)) : undefined
      const cancelled = failure(send(channel, { ...read, p2: 1 }, { signal, step: 'read' }))
      await vi.advanceTimersByTimeAsync(when === 'after' ? 200 : 10)
      controller.abort()
      const error = await cancelled
      if (when === 'after') expect(error).not.toMatchObject({ code: 'TRANSPORT_ABORTED' })
      else expect(error).toMatchObject({ code: 'TRANSPORT_ABORTED', retryable: false, step: 'read' })
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
      await vi.advanceTimersByTimeAsync(200)
      await other
      expect(seen).toHaveLength(when === 'before' ? 0 : 1)
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    },
  )
})

describe('a serialised link that is closed', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('frees whoever waits for an answer or in line, at once and for good', async () => {
    let closed = 0
    const link = { ...linkOf(() => never), close: async () => void closed++ }
    const channel = serialised(link)
    const { signal } = new AbortController()
    const waiting = [0, 1].map((p2) => failure(channel.transmit(Uint8Array.of(0, 0xb0, 0, p2, 4), { signal })))
    await vi.advanceTimersByTimeAsync(1)
    await Promise.all([channel.close(), channel.close()])
    for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: 'TRANSPORT_CLOSED' })
    expect(await failure(channel.transmit(Uint8Array.of(0, 0xb0, 0, 2, 4)))).toMatchObject({ code: 'TRANSPORT_CLOSED' })
    expect([closed, link.seen.length, getEventListeners(signal, 'abort').length]).toEqual([1, 1, 0])
  })
})
