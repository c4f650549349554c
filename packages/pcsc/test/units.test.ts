import { ForeignError } from '@cccd/core'
import { isoErrorCodes, transportErrorCodes } from '@cccd/iso7816'
import {
  diagnosePcsc,
  loadBinding,
  openPcsc,
  type PcscBinding,
  PcscError,
  type PcscSession,
  pcscErrorCodes,
  type SessionListener,
} from '@cccd/pcsc'
import { advice, messages } from '@cccd/pcsc/messages'
import { describe, expect, it } from 'vitest'
import { scardError } from '../src/bindings/scardError.js'
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
