import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { shortLimits, TransportError } from '@cccd/iso7816'
import { serveVpcd, type VpcdCard } from '@cccd/simulator/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const off = 0x00
const on = 0x01
const reset = 0x02
const getAnswerToReset = 0x04
const frame = (...payload: number[]): Uint8Array => Uint8Array.of(payload.length >> 8, payload.length & 0xff, ...payload)

function card(respond: (command: Uint8Array) => Promise<Uint8Array>): VpcdCard & { log: string[] } {
  const log: string[] = []
  return {
    log,
    limits: shortLimits,
    answerToReset: Uint8Array.of(0x3b, 0x00),
    reset: () => void log.push('reset'),
    async transmit(command) {
      log.push(`apdu ${command.length}`)
      return respond(command)
    },
    async close() {},
  }
}

describe('serveVpcd', () => {
  let listener: Server
  let port: number
  let reader: Socket
  let chunks: Uint8Array[]

  beforeEach(async () => {
    chunks = []
    listener = createServer()
    listener.listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const address = listener.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  afterEach(() => {
    reader?.destroy()
    listener.close()
  })

  async function insert(inserted: VpcdCard, signal?: AbortSignal): ReturnType<typeof serveVpcd> {
    const accepted = once(listener, 'connection')
    const served = await serveVpcd(inserted, { port, ...(signal === undefined ? {} : { signal }) })
    reader = (await accepted)[0] as Socket
    reader.setNoDelay(true)
    reader.on('error', () => undefined)
    reader.on('data', (chunk) => chunks.push(Uint8Array.from(chunk)))
    return served
  }
  async function answered(count: number): Promise<Uint8Array[]> {
    while (chunks.length < count) await new Promise((resolve) => setTimeout(resolve, 2))
    await new Promise((resolve) => setTimeout(resolve, 20))
    return chunks
  }

  it('answers only for the answer to reset and APDUs, each in one write, in order', async () => {
    const inserted = card(async (command) => Uint8Array.of(...command.subarray(1, 2), 0x90, 0x00))
    const served = await insert(inserted)
    reader.write(frame(off))
    reader.write(frame(on))
    reader.write(frame(getAnswerToReset))
    expect(await answered(1)).toEqual([frame(0x3b, 0x00)])
    reader.write(frame(0x00, 0x84, 0x00, 0x00, 0x08))
    expect(await answered(2)).toEqual([frame(0x3b, 0x00), frame(0x84, 0x90, 0x00)])
    reader.write(frame(reset))
    reader.write(frame(0x77))
    reader.write(frame(0x00, 0xb0, 0x00, 0x00))
    await answered(3)
    expect(chunks).toHaveLength(3)
    expect(inserted.log).toEqual(['reset', 'reset', 'apdu 5', 'reset', 'apdu 4'])
    await served.close()
    expect(await served.closed).toBeUndefined()
  })

  it('puts frames together that come in pieces, or several at once', async () => {
    await insert(card(async (command) => Uint8Array.of(command.length, 0x90, 0x00)))
    const bytes = Uint8Array.of(...frame(0, 1, 2, 3), ...frame(0, 1, 2, 3, 4), ...frame(getAnswerToReset))
    for (const byte of bytes) {
      reader.write(Uint8Array.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    reader.write(bytes)
    await answered(1)
    while (chunks.reduce((sum, { length }) => sum + length, 0) < 28) await new Promise((resolve) => setTimeout(resolve, 2))
    const once = [...frame(4, 0x90, 0), ...frame(5, 0x90, 0), ...frame(0x3b, 0)]
    expect(chunks.flatMap((chunk) => [...chunk])).toEqual([...once, ...once])
  })

  it('answers 6F00 for a card that fails, and pulls out a card that loses its link', async () => {
    let lost = false
    const served = await insert(
      card(async (command) => {
        if (lost) throw new TransportError('LINK_LOST', 'gone')
        if (command[1] === 1) throw new Error('of the card')
        return command[1] === 2 ? new Uint8Array() : new Uint8Array(70_000)
      }),
    )
    for (const ins of [1, 2, 3]) {
      reader.write(frame(0, ins, 0, 0))
      expect((await answered(ins)).at(-1)).toEqual(frame(0x6f, 0x00))
    }
    lost = true
    reader.write(frame(0, 0, 0, 0))
    expect(await served.closed).toMatchObject({ code: 'LINK_LOST' })
  })

  it('ends with a coded reason when what comes is no vpcd, or the reader goes away', async () => {
    const empty = await insert(card(async () => Uint8Array.of(0x90, 0)))
    reader.write(Uint8Array.of(0, 0))
    expect(await empty.closed).toMatchObject({ code: 'SIMULATOR_VPCD_PROTOCOL' })
    const flooded = await insert(card(() => new Promise(() => undefined)))
    for (let count = 0; count < 5; count++) reader.write(new Uint8Array(65_535 * 2).fill(0xff))
    reader.destroy()
    expect((await flooded.closed)?.code).toMatch(/^SIMULATOR_VPCD_/)
    const left = await insert(card(async () => Uint8Array.of(0x90, 0)))
    reader.end()
    expect(await left.closed).toMatchObject({ code: 'SIMULATOR_VPCD_UNREACHABLE', retryable: true })
  })

  it('takes the card out by signal, also while the card does not answer', async () => {
    const controller = new AbortController()
    const served = await insert(
      card(() => new Promise(() => undefined)),
      controller.signal,
    )
    reader.write(frame(0, 1, 2, 3))
    await new Promise((resolve) => setTimeout(resolve, 20))
    controller.abort()
    expect(await served.closed).toBeUndefined()
    await served.close()
  })

  it('says that nothing listens there', async () => {
    listener.close()
    await once(listener, 'close')
    await expect(
      serveVpcd(
        card(async () => Uint8Array.of(0x90, 0)),
        { port },
      ),
    ).rejects.toMatchObject({
      code: 'SIMULATOR_VPCD_UNREACHABLE',
      retryable: true,
    })
  })
})
