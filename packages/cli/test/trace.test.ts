import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '@cccd/cli'
import { importTrace } from '@cccd/iso7816'
import { type CardImage, issueCard, seededRandom, virtualCard } from '@cccd/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCodes } from '../src/exitCodes.js'
import { type TestIo, testIo } from './testIo.js'

const folder = mkdtempSync(join(tmpdir(), 'cccd-trace-'))
const at = (...parts: string[]): string => join(folder, ...parts)
let card: CardImage

/** A reader with the card, and a clock that goes on. */
function io(options: Parameters<typeof testIo>[0] = {}): TestIo {
  let now = Date.parse('2026-06-01T08:00:00Z')
  const openCard = async () => virtualCard(card, { random: seededRandom('trace chip') })
  return { ...testIo({ openCard, ...options }), clock: () => (now += 7) }
}

async function outputOf(words: readonly string[], code: number = exitCodes.ok, options = {}): Promise<string> {
  const terminal = io(options)
  expect([await run([...words], terminal), terminal.err()]).toEqual([code, expect.anything()])
  return terminal.out()
}

beforeAll(async () => {
  card = await issueCard({ random: seededRandom('trace card'), index: 1, at: '2026-05-01T00:00:00Z' })
  writeFileSync(at('csca.cer'), card.issuer.csca.certificate)
  const terminal = io()
  const words = ['read', '--qr', card.qr, '--out', at('read'), '--files', 'DG1,DG13', '--trace', at('read.trace.json')]
  expect(await run(words, terminal)).toBe(exitCodes.ok)
  expect(terminal.err()).toMatch(/never pass it on; cccd trace scrub/s)
  expect(await run(['trace', 'scrub', at('read.trace.json'), at('demo.trace.json')], io())).toBe(exitCodes.ok)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const personal = (): string[] => {
  const { personalNumber, fullName, placeOfOrigin } = card.citizen
  return [personalNumber, personalNumber.slice(3), fullName, placeOfOrigin, card.can, card.mrz[1], card.mrz[2] ?? '']
}

describe('cccd read --trace', () => {
  it('writes a recording that its owner alone can read, once', async () => {
    expect(statSync(at('read.trace.json')).mode & 0o777).toBe(0o600)
    const trace = importTrace(readFileSync(at('read.trace.json'), 'utf8').trim())
    expect(trace.scrubbed).toBe(false)
    expect(trace.randomness.length).toBeGreaterThan(0)
    expect(JSON.stringify(trace.context)).toContain('chip-reading')
    await outputOf(['read', '--qr', card.qr, '--out', at('other'), '--trace', at('read.trace.json')], exitCodes.usage)
  })

  it('writes it also when the read fails, and it fails alike without a card', async () => {
    const failing = ['read', '--can', '000000', '--out', at('none'), '--trace', at('failed.trace.json')]
    await outputOf(failing, exitCodes.badData)
    expect(await outputOf(['trace', 'view', at('failed.trace.json')])).toMatch(/GENERAL AUTH\. mutual authentication +6300/)
    const again = io()
    expect(await run(['trace', 'replay', at('failed.trace.json')], again)).toBe(exitCodes.badData)
    expect(again.err()).toContain('PACE_WRONG_PASSWORD')
    await outputOf(['trace', 'scrub', at('failed.trace.json'), at('failed.demo.json')])
  })
})

describe('cccd trace', () => {
  it('view: every APDU with its purpose, its time and what came back; nobody in it', async () => {
    for (const [lang, words] of [
      ['en', ['Recording of', 'SENSITIVE', 'MSE Set AT', 'READ BINARY EF.DG13 @0', 'slowest file']],
      ['vi', ['Bản ghi', 'NHẠY CẢM', 'xác thực chủ động', 'tệp chậm nhất']],
    ] as const) {
      const out = await outputOf(['trace', 'view', at('read.trace.json'), '--lang', lang])
      for (const word of words) expect(out).toContain(word)
      for (const secret of personal()) expect(out).not.toContain(secret)
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    }
    const hex = Buffer.from(card.mrz[1]).toString('hex')
    const json = await outputOf(['trace', 'view', at('read.trace.json'), '--json'])
    expect(JSON.parse(json)).toMatchObject({ opened: true, scrubbed: false, slowestFile: { exchanges: 1 } })
    expect(json).not.toContain(hex)
    expect(await outputOf(['trace', 'view', at('read.trace.json'), '--reveal', '--json'])).toContain(hex)
    expect((await outputOf(['trace', 'view', at('read.trace.json'), '--reveal'])).replace(/\s/g, '')).toContain(hex.slice(0, 40))
  })

  it('view: headers where the recording cannot be opened, or the way in is given', async () => {
    const { context, ...bare } = JSON.parse(readFileSync(at('read.trace.json'), 'utf8')) as Record<string, unknown>
    expect(context).toBeDefined()
    writeFileSync(at('bare.json'), JSON.stringify(bare))
    expect(await outputOf(['trace', 'view', at('bare.json')])).toContain('cannot be opened')
    expect(await outputOf(['trace', 'view', at('bare.json'), '--qr', card.qr])).toContain('EF.DG13')
    await outputOf(['trace', 'scrub', at('bare.json'), at('bare.demo.json')], exitCodes.badData)
    await outputOf(['trace', 'scrub', at('bare.json'), at('bare.demo.json'), '--qr', card.qr])
  })

  it('scrub: a recording of somebody else, which verifies under its own DEMO', async () => {
    const text = readFileSync(at('demo.trace.json'), 'utf8')
    expect(text).toContain('SCRUBBED')
    for (const secret of personal()) expect(text).not.toContain(secret)
    expect(await outputOf(['trace', 'replay', at('demo.trace.json'), '--require', 'aa'])).toContain(
      'an issuer that does not exist',
    )
    await outputOf(['trace', 'scrub', at('read.trace.json'), at('demo.trace.json')], exitCodes.usage)
    await outputOf(['trace', 'scrub', at('read.trace.json'), at('demo.trace.json'), '--force'])
  })

  it('replay: the read and its verification without a card; what only a live chip proves is not proven', async () => {
    const json = await outputOf(['trace', 'replay', at('read.trace.json'), '--trust', at('csca.cer'), '--json'])
    const { checks, remaining } = JSON.parse(json) as {
      checks: { id: string; status: string; reason?: string }[]
      remaining: number
    }
    const statusOf = (id: string) => checks.find((check) => check.id === id)
    expect(remaining).toBe(0)
    expect(statusOf('chain.csca')).toMatchObject({ status: 'passed' })
    expect(statusOf('ca.keys')).toMatchObject({ status: 'inconclusive', reason: 'not-observed' })
    expect(statusOf('aa.signature')).toMatchObject({ status: 'not-performed', reason: 'no-expected-challenge' })
    for (const secret of personal()) expect(json).not.toContain(secret)
    expect(await outputOf(['trace', 'replay', at('read.trace.json')], exitCodes.unproven)).toContain('does not prove')
  })

  it('says what is no recording', async () => {
    writeFileSync(at('broken.json'), '{"version":2}')
    writeFileSync(at('bytes.json'), Uint8Array.of(0xff, 0xfe))
    for (const name of ['broken.json', 'bytes.json'])
      for (const words of [
        ['view', at(name)],
        ['replay', at(name)],
        ['scrub', at(name), at('no.json')],
      ]) {
        const terminal = io()
        await run(['trace', ...words], terminal)
        expect(terminal.err()).toContain('TRANSPORT_TRACE_INVALID')
      }
    await outputOf(['trace', 'view', at('nowhere.json')], exitCodes.usage)
  })
})
