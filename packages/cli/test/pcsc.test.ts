import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes, run } from '@cccd/cli'
import type { Check } from '@cccd/core'
import { listReaders, type ReaderInfo } from '@cccd/pcsc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lockPcsc, pcscUnavailable, startPcsc, stopPcsc, type VirtualReader } from '../../../.ci/pcsc/stack.mjs'
import { type TestIo, testIo } from './testIo.js'

const reason = pcscUnavailable()

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await condition()); waited += 50) {
    if (waited > 10_000) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe.skipIf(reason !== undefined)(`over a real PC/SC daemon${reason === undefined ? '' : ` (${reason})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'cccd-cli-pcsc-'))
  const at = (...parts: string[]): string => join(folder, ...parts)
  let release: () => void
  let reader: VirtualReader

  beforeAll(async () => {
    release = await lockPcsc()
    const { readers } = await startPcsc()
    reader = readers[0] as VirtualReader
    expect(await run(['card', 'new', '--out', at('card')], testIo())).toBe(exitCodes.ok)
  }, 700_000)
  afterAll(async () => {
    await stopPcsc()
    release()
    rmSync(folder, { recursive: true, force: true })
  })

  async function holds(card: ReaderInfo['card']): Promise<boolean> {
    return (await listReaders()).some((info) => info.name === reader.name && info.card === card)
  }

  async function served(words: readonly string[], use: () => Promise<void>): Promise<TestIo> {
    const taking = new AbortController()
    const io = testIo({ signal: taking.signal })
    const serving = run(['card', 'serve', at('card'), '--vpcd', `${reader.host}:${reader.port}`, ...words], io)
    await until(() => io.out().includes('Ctrl+C') || io.err() !== '')
    await until(() => holds('present'))
    try {
      await use()
    } finally {
      taking.abort()
      expect(await serving).toBe(exitCodes.ok)
      // The daemon notices with a delay; until then the next card would be taken for this one.
      await until(() => holds('absent'))
    }
    return io
  }

  it.each(['pcsclite', 'pcsc-mini'])(
    'reads and verifies a served card through %s, and again from the folder',
    async (binding) => {
      await served([], async () => {
        const io = testIo()
        const words = ['read', '--binding', binding, '--reader', reader.name, '--qr', at('card', 'qr.png'), '--out', at(binding)]
        expect(await run([...words, '--verify', '--trust', at('card', 'csca.cer'), '--require', 'aa,ca', '--json'], io)).toBe(
          exitCodes.ok,
        )
        const { challenge } = JSON.parse(io.out()) as { challenge: string }
        const again = testIo()
        await run(['verify', at(binding), '--trust', at('card', 'csca.cer'), '--challenge', challenge, '--json'], again)
        const { checks, exitCode } = JSON.parse(again.out()) as { checks: Check[]; exitCode: number }
        expect(exitCode).toBe(exitCodes.ok)
        expect(checks.find(({ id }) => id === 'aa.signature')?.status).toBe('passed')
        expect(checks.find(({ id }) => id === 'ca.keys')).toMatchObject({ status: 'inconclusive', reason: 'not-observed' })
      })
    },
  )

  it('fails a lying card, and one with another key passes', async () => {
    const read = async (name: string): Promise<number> => {
      const words = ['read', '--reader', reader.name, '--qr', at('card', 'qr.txt'), '--out', at(name)]
      return run([...words, '--verify', '--trust', at('card', 'csca.cer')], testIo())
    }
    await served(['--attack', 'clone'], async () => expect(await read('clone')).toBe(exitCodes.failed))
    await served(['--aa', 'ecdsa-brainpoolP256r1'], async () => expect(await read('ecdsa')).toBe(exitCodes.ok))
  })

  it('lists readers, and watches a card come and go', async () => {
    const listed = testIo()
    expect(await run(['readers', '--json'], listed)).toBe(exitCodes.ok)
    expect(JSON.parse(listed.out())).toMatchObject({ command: 'readers', readers: [{ name: reader.name, card: 'absent' }, {}] })
    const ending = new AbortController()
    const [shown, kept] = [testIo({ signal: ending.signal }), testIo({ signal: ending.signal })]
    const watching = [run(['readers', '--watch'], shown), run(['readers', '--watch', '--json'], kept)]
    await until(() => shown.out().includes('reader connected'))
    await served([], async () => until(() => shown.out().includes('card inserted')))
    await until(() => shown.out().includes('card removed'))
    ending.abort()
    expect(await Promise.all(watching)).toEqual([exitCodes.ok, exitCodes.ok])
    const { events } = JSON.parse(kept.out()) as { events: { type: string; reader?: string }[] }
    expect(events.filter((event) => event.reader === reader.name).map(({ type }) => type)).toEqual([
      'reader-added',
      'card-inserted',
      'card-removed',
    ])
  })

  it('finds the reader, runs the demo through it', async () => {
    const io = testIo()
    expect(await run(['doctor', '--json'], io)).toBe(exitCodes.ok)
    expect(JSON.parse(io.out())).toMatchObject({ canRead: true })
    for (let time = 0; time < 2; time++) expect(await run(['demo', '--pcsc'], testIo())).toBe(exitCodes.ok)
    await until(() => holds('absent'))
  })

  it('waits for a card until it is told to stop: 130, or 69 when the time is over', async () => {
    const cancelling = new AbortController()
    const io = testIo({ signal: cancelling.signal })
    const reading = run(['read', '--can', '123456', '--reader', reader.name, '--out', at('never')], io)
    await until(() => io.err() !== '')
    cancelling.abort()
    expect(await reading).toBe(exitCodes.cancelled)
    expect(await run(['read', '--can', '123456', '--wait', '1', '--out', at('never')], testIo())).toBe(exitCodes.unavailable)
    expect(await run(['read', '--can', '123456', '--reader', 'no such', '--out', at('never')], testIo())).toBe(
      exitCodes.unavailable,
    )
  })
})
