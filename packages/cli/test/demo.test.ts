import { exitCodes, run } from '@cccd/cli'
import type { Check } from '@cccd/core'
import { attackNames } from '@cccd/simulator'
import { describe, expect, it } from 'vitest'
import { widthOf } from '../src/terminal/wrap.js'
import { testIo } from './testIo.js'

interface DemoResult {
  readonly checks: readonly Check[]
  readonly expected?: readonly { readonly id: string; readonly met: boolean }[]
  readonly exitCode: number
}

async function demo(...words: string[]): Promise<{ code: number; result: DemoResult }> {
  const io = testIo()
  const code = await run(['demo', '--json', ...words], io)
  return { code, result: JSON.parse(io.out()) as DemoResult }
}

describe('cccd demo', () => {
  it('shows every check and what it proves, in both languages', async () => {
    for (const [lang, words] of [
      ['en', ['Signature of the security object', 'proven', 'If it passed']],
      ['vi', ['Chữ ký của SOD', 'Mọi điều được yêu cầu', 'Nếu đạt']],
    ] as const) {
      const io = testIo()
      expect(await run(['demo', '--lang', lang], io)).toBe(exitCodes.ok)
      for (const word of words) expect(io.out()).toContain(word)
      expect(io.err()).toBe('')
      for (const line of io.out().split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80)
    }
  })

  it('catches every attack with the right check, and no other check turns to passed', async () => {
    const genuine = await demo()
    expect(genuine.code).toBe(exitCodes.ok)
    const before = new Map(genuine.result.checks.map(({ id, status }) => [id, status]))
    const rows: string[] = []
    // A Vietnamese card has no chip-authentication mapping to copy.
    for (const attack of attackNames.filter((name) => name !== 'cam-key')) {
      const { code, result } = await demo('--attack', attack)
      expect([attack, code]).toEqual([attack, attack === 'unknown-csca' ? exitCodes.unproven : exitCodes.failed])
      expect(result.exitCode).toBe(code)
      expect(result.expected?.length).toBeGreaterThan(0)
      for (const { id, met } of result.expected ?? []) expect([attack, id, met]).toEqual([attack, id, true])
      for (const { id, status } of result.checks)
        if (status === 'passed') expect([attack, id, before.get(id)]).toEqual([attack, id, 'passed'])
      const changed = result.checks.filter(({ id, status }) => before.get(id) !== status)
      rows.push(
        `${attack.padEnd(15)} exit ${code}  ${changed.map(({ id, status, reason = '' }) => `${id}=${status}/${reason}`).join('  ')}`,
      )
    }
    console.log(`attack × check that differs from the genuine card\n${rows.join('\n')}`)
  })

  it('names the attacks that exist', async () => {
    for (const lang of ['en', 'vi']) {
      const help = testIo({ columns: 100 })
      await run(['demo', '--help', '--lang', lang], help)
      for (const name of attackNames) expect(help.out()).toContain(name)
    }
    const io = testIo()
    expect(await run(['demo', '--attack', 'magic'], io)).toBe(exitCodes.usage)
    expect(io.err()).toContain('replayed-aa')
  })

  it('ends with 130 when it is cancelled', async () => {
    const cancelled = new AbortController()
    cancelled.abort()
    expect(await run(['demo'], testIo({ signal: cancelled.signal }))).toBe(exitCodes.cancelled)
  })
})
