import { getEventListeners } from 'node:events'
import { ForeignError } from '@cccd/core'
import { extendedLimits, isoErrorCodes, shortLimits, transportErrorCodes } from '@cccd/iso7816'
import {
  diagnosePcsc,
  loadBinding,
  openPcsc,
  type PcscBinding,
  PcscError,
  type PcscSession,
  pcscErrorCodes,
  type ReaderEvent,
  type SessionListener,
  watchReaders,
} from '@cccd/pcsc'
import { advice, messages } from '@cccd/pcsc/messages'
import { describe, expect, it } from 'vitest'
import { scardError } from '../src/bindings/scardError.js'
import { extendedLengthMemory } from '../src/extendedLength.js'
import { readerLimits } from '../src/readerLimits.js'
import { readerTable } from '../src/readerTable.js'

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )
const present = 0x22
const empty = 0x12

describe('errors of the libraries', () => {
  it.each([
    ['SCardConnect error: Sharing violation.(0x8010000b)', 'PCSC_SHARING_VIOLATION'],
    ['SCardEstablishContext error: Service not available.(0x8010001d)', 'PCSC_NO_SERVICE'],
    ['SCardTransmit error: RPC transport error.(0xffffffff80100013)', 'PCSC_SERVICE_LOST'],
    ['SCardConnect error: No smart card inserted.(0x8010000c)', 'PCSC_NO_CARD'],
    ['SCardConnect error: Access denied.(0x8010006a)', 'PCSC_ACCESS_DENIED'],
    ['SCardConnect error: Card is unresponsive.(0x80100066)', 'PCSC_CARD_MUTE'],
    ['SCardTransmit error: Transaction failed.(0x80100016)', 'PCSC_FAILED'],
    ['something else', 'PCSC_FAILED'],
  ])('pcsclite: %s', (message, code) => expect(scardError(new Error(message))).toMatchObject({ code }))

  it.each([
    ['SharingViolation', 'PCSC_SHARING_VIOLATION'],
    ['NoService', 'PCSC_NO_SERVICE'],
    ['CommError', 'PCSC_SERVICE_LOST'],
    ['NoSmartCard', 'PCSC_NO_CARD'],
    ['UnknownReader', 'PCSC_NO_READER'],
    ['NotTransacted', 'PCSC_FAILED'],
  ])('pcsc-mini: %s', (name, code) => expect(scardError(Object.assign(new Error('x'), { code: name }))).toMatchObject({ code }))

  it('keeps its own and reduces foreign causes', () => {
    const own = new PcscError('PCSC_NO_CARD', 'test')
    expect(scardError(own)).toBe(own)
    expect(scardError(new Error('bytes 00B0')).cause).toBeInstanceOf(ForeignError)
    expect(scardError('a string').code).toBe('PCSC_FAILED')
  })
})

describe('what state bits mean', () => {
  it('makes events of changes', () => {
    const table = readerTable()
    expect(table.update('a', empty)).toEqual([{ type: 'reader-added', reader: 'a' }])
    expect(table.update('a', empty)).toEqual([])
    expect(table.update('a', present | 0x10000)).toEqual([{ type: 'card-inserted', reader: 'a' }])
    expect(table.update('a', present | 0x80 | 0x10000)).toEqual([])
    expect(table.get('a')).toEqual({ name: 'a', card: 'present', inUse: true })
    expect(table.update('a', present | 0x30000)).toEqual([
      { type: 'card-removed', reader: 'a' },
      { type: 'card-inserted', reader: 'a' },
    ])
    expect(table.update('a', present | 0x200 | 0x30000)).toEqual([])
    expect(table.get('a')?.card).toBe('mute')
    expect(table.remove('a')).toEqual([
      { type: 'card-removed', reader: 'a' },
      { type: 'reader-removed', reader: 'a' },
    ])
    expect(table.remove('a')).toEqual([])
    expect(table.list()).toEqual([])
  })
})

describe('with a binding of our own', () => {
  const silentCard: PcscSession['connect'] = async () => ({
    transmit: () => new Promise<Uint8Array>(() => undefined),
    disconnect: () => new Promise<void>(() => undefined),
  })

  function binding(connect = silentCard): PcscBinding & { listener?: SessionListener; closed: number } {
    const made: PcscBinding & { listener?: SessionListener; closed: number } = {
      name: 'test',
      closed: 0,
      open(listener) {
        made.listener = listener
        listener.state('reader', present)
        return {
          connect,
          close: async () => {
            made.closed++
          },
        }
      },
    }
    return made
  }

  it('closes once, and not without end for a card that never answers', async () => {
    const own = binding()
    const pcsc = await openPcsc({ binding: own })
    const channel = await pcsc.connect({ reader: 'reader' })
    void failure(channel.transmit(Uint8Array.of(0, 0, 0, 0)))
    const start = performance.now()
    await Promise.all([pcsc.close(), pcsc.close()])
    expect(performance.now() - start).toBeLessThan(2500)
    expect(own.closed).toBe(1)
  })

  it('leaves no listener behind, however waiting and connecting end', async () => {
    const own = binding(async () => {
      throw new PcscError('PCSC_SHARING_VIOLATION', 'test')
    })
    const pcsc = await openPcsc({ binding: own })
    const controller = new AbortController()
    const { signal } = controller
    expect(await pcsc.waitForCard({ signal })).toMatchObject({ name: 'reader' })
    expect(await failure(pcsc.waitForCard({ reader: 'other', deadline: 5, signal }))).toMatchObject({ code: 'PCSC_TIMEOUT' })
    expect(await failure(pcsc.connect({ reader: 'reader', deadline: 5, signal }))).toMatchObject({
      code: 'PCSC_SHARING_VIOLATION',
    })
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    const waiting = [failure(pcsc.waitForCard({ reader: 'other', signal })), failure(pcsc.connect({ reader: 'reader', signal }))]
    await new Promise((resolve) => setTimeout(resolve, 10))
    controller.abort()
    expect(await Promise.all(waiting)).toMatchObject([{ code: 'PCSC_ABORTED' }, { code: 'PCSC_ABORTED' }])
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    await pcsc.close()
  })

  it('learns from connecting that the service is gone', async () => {
    const own = binding(async () => {
      throw new PcscError('PCSC_NO_SERVICE', 'test')
    })
    const pcsc = await openPcsc({ binding: own })
    const types: string[] = []
    pcsc.subscribe(({ type }) => types.push(type))
    expect(await failure(pcsc.connect({ reader: 'reader' }))).toMatchObject({ code: 'PCSC_SERVICE_LOST' })
    expect(await failure(pcsc.waitForCard())).toMatchObject({ code: 'PCSC_SERVICE_LOST' })
    expect(types).toEqual(['service-lost'])
    await pcsc.close()
  })

  it('takes one loss for one, and knows a reader that goes', async () => {
    const own = binding()
    const pcsc = await openPcsc({ binding: own })
    const types: string[] = []
    pcsc.subscribe(({ type }) => types.push(type))
    own.listener?.removed('reader')
    expect(pcsc.readers()).toEqual([])
    expect(await failure(pcsc.connect())).toMatchObject({ code: 'PCSC_NO_READER' })
    own.listener?.lost(new PcscError('PCSC_SERVICE_LOST', 'test'))
    own.listener?.lost(new PcscError('PCSC_SERVICE_LOST', 'test'))
    expect(types).toEqual(['card-removed', 'reader-removed', 'service-lost'])
    await pcsc.close()
  })
})

describe('what a reader says that it carries (PC/SC part 10)', () => {
  const featureCode = 0x42330012
  const features = Uint8Array.of(0x06, 4, 0x42, 0x33, 0, 6, 0x12, 4, 0x42, 0x33, 0, 0x12)
  const properties = (...bytes: number[]): Uint8Array => Uint8Array.of(0x01, 2, 0, 0, ...bytes, 0x0b, 2, 0xe6, 0x08)
  const asked = async (answer: Uint8Array | Error, feature: Uint8Array | Error = features): Promise<object> => {
    const codes: number[] = []
    const limits = await readerLimits({
      async control(code) {
        codes.push(code)
        const given = codes.length === 1 ? feature : answer
        if (given instanceof Error) throw given
        return given
      },
    })
    if (feature === features) expect(codes[1]).toBe(featureCode)
    return limits
  }

  it('takes short APDUs, a length of its own, and full extended length', async () => {
    expect(await asked(properties(0x0a, 4, 0, 0, 0, 0))).toEqual(shortLimits)
    expect(await asked(properties(0x0a, 4, 0, 1, 0, 0))).toEqual(shortLimits)
    expect(await asked(properties(0x0a, 4, 0, 8, 0, 0))).toEqual({ maxCommandLength: 2057, maxResponseLength: 2050 })
    expect(await asked(properties(0x0a, 4, 0, 0, 1, 0))).toEqual(extendedLimits)
    expect(await asked(properties(0x0a, 4, 0xff, 0xff, 0xff, 0xff))).toEqual(extendedLimits)
  })

  it('learns nothing from silence or nonsense, and does not fail', async () => {
    for (const nothing of [
      properties(),
      new Uint8Array(),
      properties(0x0a, 2, 0, 0),
      properties(0x0a, 200),
      new Error('unsupported'),
    ])
      expect(await asked(nothing)).toEqual(extendedLimits)
    for (const nothing of [new Uint8Array(), Uint8Array.of(0x12), Uint8Array.of(0x12, 2, 0, 0), new Error('unsupported')])
      expect(await asked(properties(0x0a, 4, 0, 0, 0, 0), nothing)).toEqual(extendedLimits)
    expect(await readerLimits({})).toEqual(extendedLimits)
  })
})

describe('what exchanges show about a reader that says nothing', () => {
  const short = Uint8Array.of(0, 0xb0, 0, 0, 0)
  const long = Uint8Array.of(0, 0xb0, 0, 0, 0, 1, 0)

  it('only the first extended command can show that a reader is for short ones', () => {
    const memory = extendedLengthMemory()
    memory.note('a', short, false)
    expect(memory.isShort('a')).toBe(false)
    memory.note('a', long, false)
    expect([memory.isShort('a'), memory.isShort('b')]).toEqual([true, false])
    memory.note('b', long, true)
    memory.note('b', long, false)
    expect(memory.isShort('b')).toBe(false)
  })
})

describe('a watch', () => {
  interface Service extends PcscBinding {
    listener: SessionListener | undefined
    error: PcscError | undefined
    closed: number
  }
  const service = (): Service => {
    const made: Service = {
      name: 'test',
      listener: undefined,
      error: undefined,
      closed: 0,
      open(listener) {
        if (made.error !== undefined) throw made.error
        made.listener = listener
        listener.state('a', empty)
        listener.state('b', present)
        return {
          connect: async () => ({ transmit: async () => Uint8Array.of(0x90, 0), disconnect: async () => undefined }),
          close: async () => void made.closed++,
        }
      },
    }
    return made
  }
  const noService = new PcscError('PCSC_NO_SERVICE', 'test')
  const named = (event: ReaderEvent): string => ('reader' in event ? `${event.type} ${event.reader}` : event.type)
  const first = ['reader-added a', 'reader-added b', 'card-inserted b']

  it('tells what is there, what changes, that the service goes and comes back', async () => {
    const binding = service()
    const watch = watchReaders({ binding, retryInterval: 10 })
    const seen: string[] = []
    for await (const event of watch) {
      seen.push(named(event))
      if (seen.length === 3) {
        expect(
          await (await watch.connect({ reader: event.type === 'card-inserted' ? event.reader : 'none' })).transmit(
            Uint8Array.of(0, 0, 0, 0),
          ),
        ).toEqual(Uint8Array.of(0x90, 0))
        binding.listener?.state('a', present)
      }
      if (seen.length === 4) {
        binding.error = noService
        binding.listener?.lost(new PcscError('PCSC_SERVICE_LOST', 'test'))
        expect(watch.readers()).toHaveLength(2)
      }
      if (event.type === 'service-lost') {
        await new Promise((resolve) => setTimeout(resolve, 30))
        expect(watch.readers()).toEqual([])
        expect(await failure(watch.connect())).toMatchObject({ code: 'PCSC_NO_SERVICE' })
        binding.error = undefined
      }
      if (seen.length === 13) break
    }
    expect(seen).toEqual([
      ...first,
      'card-inserted a',
      ...['card-removed a', 'reader-removed a', 'card-removed b', 'reader-removed b'],
      ...['service-lost', 'service-restored'],
      ...first,
    ])
    expect(binding.closed).toBe(2)
    expect(await failure(watch.connect())).toMatchObject({ code: 'PCSC_CLOSED' })
  })

  it('waits for a service that is not there yet, and ends at its signal', async () => {
    const binding = service()
    binding.error = noService
    const controller = new AbortController()
    const watch = watchReaders({ binding, retryInterval: 10, signal: controller.signal })
    const seen: string[] = []
    for await (const event of watch) {
      seen.push(named(event))
      binding.error = undefined
      if (seen.length === 5) controller.abort()
    }
    expect(seen).toEqual(['service-lost', 'service-restored', ...first])
    expect(binding.closed).toBe(1)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    const never = watchReaders({ binding, signal: AbortSignal.abort() })
    expect(await never[Symbol.asyncIterator]().next()).toMatchObject({ done: true })
  })

  it('rejects for what waiting does not mend', async () => {
    const binding = service()
    binding.error = new PcscError('PCSC_ACCESS_DENIED', 'test')
    const iterator = watchReaders({ binding })[Symbol.asyncIterator]()
    expect(await failure(iterator.next())).toMatchObject({ code: 'PCSC_ACCESS_DENIED' })
    expect(await iterator.next()).toMatchObject({ done: true })
    expect(() => watchReaders({ retryInterval: 0 })).toThrow(RangeError)
  })

  it('ends whoever waits for an event, and keeps no more than it should for one who does not', async () => {
    const binding = service()
    const watch = watchReaders({ binding })
    await new Promise((resolve) => setTimeout(resolve, 500))
    for (let round = 0; round < 2000; round++) binding.listener?.state('a', round % 2 === 0 ? present : empty)
    const iterator = watch[Symbol.asyncIterator]()
    let kept = 0
    for (; kept < 1000; kept++) expect(await iterator.next()).toMatchObject({ done: false })
    const waiting = [iterator.next(), iterator.next()]
    await watch.close()
    expect(await Promise.all(waiting)).toMatchObject([{ done: true }, { done: true }])
  })
})

describe('loading and diagnosis', () => {
  it('refuses other names', async () => {
    expect(await failure(loadBinding('nfc-pcsc' as 'auto'))).toBeInstanceOf(RangeError)
  })

  it('never rejects and names both libraries', async () => {
    const { bindings, chosen, service } = await diagnosePcsc()
    expect(bindings.map(({ name }) => name)).toEqual(['pcsclite', 'pcsc-mini'])
    expect(chosen).toBe(bindings.find(({ status }) => status === 'loaded')?.name)
    expect(['running', 'not-asked', ...pcscErrorCodes]).toContain(service)
  })
})

describe('messages', () => {
  it('has a text for every code that can come through this package', () => {
    expect(Object.keys(messages).sort()).toEqual([...pcscErrorCodes, ...isoErrorCodes, ...transportErrorCodes].sort())
    expect(advice(new PcscError('PCSC_NO_CARD', 'test'), 'vi')).toBe(messages.PCSC_NO_CARD.vi)
  })
})
