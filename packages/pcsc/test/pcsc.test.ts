import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isCccdError } from '@cccd/core'
import { type CardChannel, extendedLimits, send, TransportError } from '@cccd/iso7816'
import { connect, listReaders, loadBinding, openPcsc, type Pcsc, type PcscEvent, waitForCard, watchReaders } from '@cccd/pcsc'
import { serveVpcd, type VpcdServer } from '@cccd/simulator/node'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { lockPcsc, type PcscStack, pcscUnavailable, startPcsc, stopPcsc } from '../../../.ci/pcsc/stack.mjs'
import { answerToReset, pattern, scriptedCard } from './scriptedCard.js'

// The virtual reader is a Debian package: elsewhere its absence is no failure.
const required = (process.env.CI === 'true' && process.platform === 'linux') || process.env.CCCD_REQUIRE_PCSC === '1'
const reason = pcscUnavailable()
const bindings = ['pcsclite', 'pcsc-mini'] as const
const loads = new Map(
  await Promise.all(
    bindings.map(
      async (name) =>
        [
          name,
          await loadBinding(name).then(
            () => undefined,
            (error: Error) => error.message,
          ),
        ] as const,
    ),
  ),
)

if (required)
  describe('PC/SC is required here', () => {
    it('has the stack', () => expect(reason).toBeUndefined())
    it('loads both bindings', () => expect([...loads.values()]).toEqual([undefined, undefined]))
  })

const root = fileURLToPath(new URL('../../..', import.meta.url))
const readAndLeave = `
import { connect } from '@cccd/pcsc'
const channel = await connect({ binding: process.argv[1] })
const response = await channel.transmit(Uint8Array.of(0, 0xb0, 0, 0, 16))
console.log('read', response.length - 2, 'bytes')
await channel.close()
`

const loseAndCollect = `
import { openPcsc } from '@cccd/pcsc'
const pcsc = await openPcsc({ binding: process.argv[1] })
const lost = new Promise((resolve) => pcsc.subscribe(({ type }) => type === 'service-lost' && resolve()))
console.log('open')
await lost
await pcsc.close()
for (let round = 0; round < 5; round++) {
  globalThis.gc()
  await new Promise((resolve) => setTimeout(resolve, 50))
}
console.log('alive')
`

/** The text of a program over the sources of this repository, for a process of its own. */
async function programOf(contents: string): Promise<string> {
  const program = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    conditions: ['@cccd/source'],
  })
  return program.outputFiles[0]?.text ?? ''
}

let release: (() => void) | undefined
let stack: PcscStack
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  )

describe.skipIf(reason !== undefined)('real PC/SC', () => {
  beforeAll(async () => {
    release = await lockPcsc()
    await stopPcsc()
    stack = await startPcsc({ readers: 2 })
  }, 700_000)
  afterAll(async () => {
    await stopPcsc()
    release?.()
  })

  describe.each(bindings.map((binding) => ({ binding })))('$binding', ({ binding }) => {
    const absent = loads.get(binding) !== undefined
    let pcsc: Pcsc
    const served: VpcdServer[] = []

    async function insert(slot = 0, card = scriptedCard(slot + 1)): Promise<VpcdServer> {
      const { host, port } = readerAt(slot)
      const server = await serveVpcd(card, { host, port })
      served.push(server)
      return server
    }
    function readerAt(slot: number): PcscStack['readers'][number] {
      const reader = stack.readers[slot]
      if (reader === undefined) throw new Error('no such slot')
      return reader
    }
    async function connected(slot = 0): Promise<CardChannel> {
      const { name } = readerAt(slot)
      await pcsc.waitForCard({ reader: name, deadline: 5000 })
      return pcsc.connect({ reader: name })
    }
    const read = (channel: CardChannel, le: number, offset = 0): Promise<Uint8Array> =>
      send(channel, { cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le }).then(({ data }) => data)

    beforeEach(async () => {
      if (absent) return
      stack = await startPcsc({ readers: 2 })
      pcsc = await openPcsc({ binding })
    })
    afterEach(async () => {
      if (absent) return
      await pcsc.close()
      await Promise.all(served.splice(0).map((server) => server.close()))
      // The reader looks for its card every 400 ms.
      await startPcsc({ readers: 2 })
      const empty = await openPcsc({ binding })
      while (empty.readers().some(({ card }) => card !== 'absent')) await wait(20)
      await empty.close()
    })

    describe.skipIf(absent)('with the library', () => {
      it('lists readers and what is in them', async () => {
        expect(await listReaders({ binding })).toEqual(stack.readers.map(({ name }) => ({ name, card: 'absent', inUse: false })))
        await insert(1)
        const { name } = readerAt(1)
        expect(await waitForCard(name, { binding, deadline: 5000 })).toMatchObject({ name, card: 'present' })
        expect((await listReaders({ binding })).map(({ card }) => card)).toEqual(['absent', 'present'])
      })

      it('reports insertion and removal', async () => {
        const events: PcscEvent[] = []
        pcsc.subscribe((event) => events.push(event))
        const server = await insert()
        await pcsc.waitForCard({ deadline: 5000 })
        await server.close()
        while (events.length < 2) await wait(20)
        const reader = readerAt(0).name
        expect(events).toEqual([
          { type: 'card-inserted', reader },
          { type: 'card-removed', reader },
        ])
      })

      it('goes on when a listener throws', async () => {
        pcsc.subscribe(() => {
          throw new Error('of the caller')
        })
        await insert()
        expect(await pcsc.waitForCard({ deadline: 5000 })).toMatchObject({ card: 'present' })
      })

      it('exchanges short and extended APDUs, up to what vpcd frames', async () => {
        await insert()
        const channel = await connected()
        expect(channel.answerToReset).toEqual(answerToReset)
        for (const le of [1, 255, 256, 257, 2048, 4096, 32767, 65533]) expect(await read(channel, le)).toEqual(pattern(0, le))
        for (const length of [1, 255, 256, 2048, 60000]) {
          const data = pattern(7, length)
          expect((await send(channel, { cla: 0x80, ins: 0x10, p1: 0, p2: 0, data, le: length })).data).toEqual(data)
        }
        expect((await send(channel, { cla: 0x80, ins: 0x50, p1: 5, p2: 0, le: 256 })).data).toHaveLength(5 * 256)
        await channel.close()
      })

      it('reads in both readers at once and does not mix them up', async () => {
        await insert(0)
        await insert(1)
        const channels = await Promise.all([connected(0), connected(1)])
        const mark = (channel: CardChannel): Promise<number | undefined> =>
          send(channel, { cla: 0, ins: 0xa4, p1: 0, p2: 0, le: 1 }).then(({ data }) => data[0])
        for (let round = 0; round < 20; round++) expect(await Promise.all(channels.map(mark))).toEqual([1, 2])
      })

      it('serialises its callers', async () => {
        await insert()
        const channel = await connected()
        const offsets = Array.from({ length: 30 }, (_, index) => index * 11)
        const answers = await Promise.all(offsets.map((offset) => read(channel, 16, offset)))
        expect(answers).toEqual(offsets.map((offset) => pattern(offset, 16)))
      })

      it('connects again after closing, and the card was reset', async () => {
        const card = scriptedCard()
        await insert(0, card)
        const first = await connected()
        await read(first, 8)
        const resets = card.resets
        await first.close()
        await first.close()
        expect(await failure(read(first, 8))).toMatchObject({ code: 'TRANSPORT_CLOSED' })
        const second = await connected()
        expect(await read(second, 8)).toEqual(pattern(0, 8))
        expect(card.resets).toBeGreaterThan(resets)
      })

      it('says that there is no card, no such reader', async () => {
        expect(await failure(pcsc.connect({ reader: readerAt(0).name }))).toMatchObject({ code: 'PCSC_NO_CARD', retryable: true })
        expect(await failure(pcsc.connect({ reader: 'none of that name' }))).toMatchObject({ code: 'PCSC_NO_READER' })
        expect(await failure(pcsc.waitForCard({ deadline: 50 }))).toMatchObject({ code: 'PCSC_TIMEOUT', retryable: true })
      })

      it('retries a sharing violation until its deadline, and gets in when the other leaves', async () => {
        await insert()
        const holder = await connected()
        const reader = readerAt(0).name
        const other = await openPcsc({ binding })
        const start = performance.now()
        expect(await failure(other.connect({ reader, deadline: 500 }))).toMatchObject({
          code: 'PCSC_SHARING_VIOLATION',
          retryable: true,
        })
        expect(performance.now() - start).toBeGreaterThan(450)
        expect(performance.now() - start).toBeLessThan(2000)
        const patient = other.connect({ reader, deadline: 5000 })
        await wait(250)
        await holder.close()
        const channel = await patient
        expect(await read(channel, 4)).toEqual(pattern(0, 4))
        await other.close()
      })

      it('shares when asked to', async () => {
        await insert()
        const reader = readerAt(0).name
        await pcsc.waitForCard({ reader })
        const both = [await pcsc.connect({ reader, exclusive: false }), await pcsc.connect({ reader, exclusive: false })]
        for (const channel of both) expect(await read(channel, 4)).toEqual(pattern(0, 4))
      })

      it('rejects with LINK_LOST when the card is pulled out during a command, and before one', async () => {
        const server = await insert()
        const channel = await connected()
        const pulled = await failure(send(channel, { cla: 0x80, ins: 0x40, p1: 0, p2: 0 }, { step: 'test' }))
        expect(pulled).toBeInstanceOf(TransportError)
        expect(pulled).toMatchObject({ code: 'LINK_LOST', retryable: true, step: 'test' })
        expect(await server.closed).toMatchObject({ code: 'LINK_LOST' })
        expect(await failure(read(channel, 8))).toMatchObject({ code: 'LINK_LOST' })
        await channel.close()
        while (pcsc.readers()[0]?.card !== 'absent') await wait(20)
        await insert()
        const again = await connected()
        expect(await read(again, 8)).toEqual(pattern(0, 8))
      })

      it('meets its deadline with a card that never answers, and the event loop goes on', async () => {
        const server = await insert()
        const channel = await connected()
        let ticks = 0
        const ticking = setInterval(() => ticks++, 10)
        const silent = await failure(send(channel, { cla: 0x80, ins: 0x30, p1: 0, p2: 0 }, { deadline: 400 }))
        expect(silent).toMatchObject({ code: 'TRANSPORT_TIMEOUT', retryable: true })
        expect(await failure(read(channel, 8))).toMatchObject({ code: 'TRANSPORT_CLOSED' })
        // Another program's attempt changes the reader's state while the command still runs.
        const other = await openPcsc({ binding })
        await failure(other.connect({ deadline: 200 }))
        await other.close()
        clearInterval(ticking)
        expect(ticks).toBeGreaterThan(20)
        const start = performance.now()
        await channel.close()
        expect(performance.now() - start).toBeLessThan(1500)
        await server.close()
      })

      it('cancels: while waiting for a card, while connecting, while a card answers', async () => {
        expect(await failure(pcsc.waitForCard({ signal: AbortSignal.timeout(50) }))).toMatchObject({ code: 'PCSC_ABORTED' })
        await insert()
        const channel = await connected()
        const other = await openPcsc({ binding })
        expect(
          await failure(other.connect({ reader: readerAt(0).name, deadline: 60_000, signal: AbortSignal.timeout(150) })),
        ).toMatchObject({ code: 'PCSC_ABORTED' })
        await other.close()
        const slow = channel.transmit(Uint8Array.of(0x80, 0x20, 50, 0), { signal: AbortSignal.timeout(50) })
        expect(await failure(slow)).toMatchObject({ code: 'TRANSPORT_ABORTED', retryable: false })
        // The late answer of the cancelled command is not that of the next.
        expect(await channel.transmit(Uint8Array.of(0x80, 0x10, 0, 0, 2, 0xca, 0xfe))).toEqual(Uint8Array.of(0xca, 0xfe, 0x90, 0))
      })

      it('is told that the daemon died in the middle of a read; a new context works', async () => {
        await insert()
        const channel = await connected()
        const events: PcscEvent[] = []
        pcsc.subscribe((event) => events.push(event))
        const pending = failure(send(channel, { cla: 0x80, ins: 0x30, p1: 0, p2: 0 }))
        const waiting = failure(pcsc.waitForCard({ reader: readerAt(1).name }))
        await wait(100)
        await stopPcsc({ signal: 'SIGKILL' })
        expect(await pending).toMatchObject({ code: 'LINK_LOST', retryable: true, cause: { code: 'PCSC_SERVICE_LOST' } })
        expect(await waiting).toMatchObject({ code: 'PCSC_SERVICE_LOST', retryable: true })
        expect(events.filter(({ type }) => type === 'service-lost')).toHaveLength(1)
        expect(await failure(pcsc.connect())).toMatchObject({ code: 'PCSC_SERVICE_LOST' })
        expect(isCccdError(await failure(openPcsc({ binding })), 'PCSC_NO_SERVICE')).toBe(true)
        const [server] = served.splice(0)
        expect(await server?.closed).toMatchObject({ code: 'SIMULATOR_VPCD_UNREACHABLE' })

        stack = await startPcsc({ readers: 2 })
        expect(await failure(pcsc.connect())).toMatchObject({ code: 'PCSC_SERVICE_LOST' })
        await pcsc.close()
        pcsc = await openPcsc({ binding })
        await insert()
        expect(await read(await connected(), 300)).toEqual(pattern(0, 300))
      })

      it('leaves nothing behind that ends the process once the daemon has died', async () => {
        const code = await programOf(loseAndCollect)
        const child = promisify(execFile)(process.execPath, ['--expose-gc', '--input-type=module', '--eval', code, binding], {
          cwd: root,
          timeout: 20_000,
        })
        await new Promise((resolve) => child.child.stdout?.once('data', resolve))
        await stopPcsc({ signal: 'SIGKILL' })
        const { stdout, stderr } = await child
        expect([stdout, stderr]).toEqual(['open\nalive\n', ''])
        stack = await startPcsc({ readers: 2 })
      })

      it('is watched through insertion, removal and a daemon that dies and comes back', async () => {
        await pcsc.close()
        const watch = watchReaders({ binding, retryInterval: 100 })
        const seen: string[] = []
        const [first, second] = stack.readers.map(({ name }) => name)
        for await (const event of watch) {
          seen.push('reader' in event ? `${event.type} ${event.reader === first ? 1 : 2}` : event.type)
          if (seen.length === 2) await insert(1)
          if (seen.length === 3) {
            const channel = await watch.connect(second === undefined ? {} : { reader: second })
            expect(await read(channel, 300)).toEqual(pattern(0, 300))
            await served.splice(0)[0]?.close()
            await failure(read(channel, 8))
            await channel.close()
          }
          if (seen.length === 4) await insert(0)
          if (seen.length === 5) await stopPcsc({ signal: 'SIGKILL' })
          if (event.type === 'service-lost') {
            await Promise.all(served.splice(0).map((server) => server.close()))
            stack = await startPcsc({ readers: 2 })
          }
          if (seen.length === 12) break
        }
        expect(seen.slice(0, 5)).toEqual([
          'reader-added 1',
          'reader-added 2',
          'card-inserted 2',
          'card-removed 2',
          'card-inserted 1',
        ])
        expect(seen.slice(5, 8).sort()).toEqual(['card-removed 1', 'reader-removed 1', 'reader-removed 2'])
        expect(seen.slice(8)).toEqual(['service-lost', 'service-restored', 'reader-added 1', 'reader-added 2'])
        expect(watch.readers()).toEqual([])
      })

      it('asks the driver what the reader carries; one that knows no answer is tried with extended length', async () => {
        await insert()
        expect((await connected()).limits).toEqual(extendedLimits)
      })

      it('costs no processor time while it waits, also after the daemon died', async () => {
        const before = process.cpuUsage()
        await wait(500)
        await stopPcsc({ signal: 'SIGKILL' })
        await wait(500)
        const { user, system } = process.cpuUsage(before)
        expect((user + system) / 1000).toBeLessThan(400)
      })

      it('answers after close', async () => {
        const waiting = failure(pcsc.waitForCard())
        await pcsc.close()
        expect(await waiting).toMatchObject({ code: 'PCSC_CLOSED' })
        expect(await failure(pcsc.connect())).toMatchObject({ code: 'PCSC_CLOSED' })
        expect(await failure(pcsc.waitForCard())).toMatchObject({ code: 'PCSC_CLOSED' })
      })

      it('lets go of everything when a one-shot connection is closed', async () => {
        await insert()
        await pcsc.waitForCard({ deadline: 5000 })
        for (let round = 0; round < 5; round++) {
          const channel = await connect({ binding, reader: readerAt(0).name })
          expect(await read(channel, 2)).toEqual(pattern(0, 2))
          await channel.close()
        }
      })

      it('opens the same card a hundred times with one context', async () => {
        await insert()
        for (let round = 0; round < 100; round++) await (await connected()).close()
      })

      it('carries a hundred exchanges one after the other, and says how long each took', async () => {
        await insert()
        const channel = await connected()
        const start = performance.now()
        const lengths = new Set<number>()
        for (let round = 0; round < 100; round++) lengths.add((await read(channel, 223)).length)
        const each = (performance.now() - start) / 100
        expect([...lengths]).toEqual([223])
        console.log(`${binding}: ${each.toFixed(2)} ms for an exchange of 223 bytes`)
      })

      it('lets the process end', async () => {
        await insert()
        await pcsc.waitForCard({ deadline: 5000 })
        const code = await programOf(readAndLeave)
        const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code, binding], {
          cwd: root,
          timeout: 20_000,
        })
        expect(stdout.trim()).toBe('read 16 bytes')
      })

      it('lists four readers, and reads and watches in all of them at once', async () => {
        await pcsc.close()
        await stopPcsc()
        stack = await startPcsc({ readers: 4 })
        onTestFinished(async () => void (await stopPcsc()))
        pcsc = await openPcsc({ binding })
        expect(pcsc.readers().map(({ name }) => name)).toEqual(stack.readers.map(({ name }) => name).sort())
        expect(pcsc.readers()).toHaveLength(4)
        const events: PcscEvent[] = []
        pcsc.subscribe((event) => events.push(event))
        const slots = [0, 1, 2, 3]
        await Promise.all(slots.map((slot) => insert(slot)))
        const channels = await Promise.all(slots.map((slot) => connected(slot)))
        expect(events.map(({ type }) => type)).toEqual(Array(4).fill('card-inserted'))
        const marks = channels.map(async (channel) => {
          const seen = new Set<number | undefined>()
          for (let round = 0; round < 20; round++) {
            const { data } = await send(channel, { cla: 0, ins: 0xa4, p1: 0, p2: 0, le: 1 })
            seen.add(data[0])
          }
          return [...seen]
        })
        expect(await Promise.all(marks)).toEqual([[1], [2], [3], [4]])
      })
    })
  })
})
