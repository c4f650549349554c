import { readdirSync, readFileSync } from 'node:fs'
import { exitCodes, run } from '@cccd/cli'
import { describe, expect, it } from 'vitest'
import { CliError, cliErrorCodes } from '../src/errors.js'
import { exitCodeOf } from '../src/exitCodes.js'
import { detectLanguage } from '../src/i18n/detectLanguage.js'
import { en } from '../src/i18n/en.js'
import { vi } from '../src/i18n/vi.js'
import { messages } from '../src/messages.js'
import { lookOf } from '../src/terminal/Look.js'
import { toAscii } from '../src/terminal/terminalText.js'
import { indent, widthOf, wrap } from '../src/terminal/wrap.js'
import { testIo } from './testIo.js'

describe('language', () => {
  const language = (env: Record<string, string>, platform = 'linux', systemLocale = 'en-US') =>
    detectLanguage({ env, platform, systemLocale })

  it('comes from LC_ALL, LC_MESSAGES, LANG in this order, on Windows from the system', () => {
    expect(language({ LANG: 'vi_VN.UTF-8' })).toBe('vi')
    expect(language({ LC_ALL: 'en_US.UTF-8', LANG: 'vi_VN.UTF-8' })).toBe('en')
    expect(language({ LC_ALL: '', LC_MESSAGES: 'vi', LANG: 'C' })).toBe('vi')
    expect(language({})).toBe('en')
    expect(language({}, 'win32', 'vi-VN')).toBe('vi')
    expect(language({ LANG: 'virtual' })).toBe('en')
  })

  it('can be chosen with --lang, before or after the command', async () => {
    const io = testIo()
    expect(await run(['doctor', '--lang', 'vi', '--help'], io)).toBe(exitCodes.ok)
    expect(io.out()).toContain('Cách dùng:')
    expect(await run(['doctor', '--lang', 'xx'], testIo())).toBe(exitCodes.usage)
  })

  it('has every text in both languages, with the same parameters', () => {
    expect(new Set(Object.keys(vi))).toEqual(new Set(Object.keys(en)))
    const parameters = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).join()
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(parameters(vi[key])).toBe(parameters(en[key]))
      expect(vi[key]).toBe(vi[key].normalize('NFC'))
    }
    expect(new Set(Object.keys(messages))).toEqual(new Set(cliErrorCodes))
  })
})

describe('terminal', () => {
  it('shows UTF-8 only where the locale says so', () => {
    const look = (env: Record<string, string>, platform = 'linux') => {
      const io = testIo({ env, platform })
      return lookOf(io, io.stdout)
    }
    expect(look({ LANG: 'C.UTF-8' })).toMatchObject({ letters: true, symbols: true, colour: false, columns: 80 })
    expect(look({ LANG: 'C' })).toMatchObject({ letters: false, symbols: false })
    expect(look({}, 'win32')).toMatchObject({ letters: true, symbols: false })
    expect(look({ WT_SESSION: 'x' }, 'win32')).toMatchObject({ letters: true, symbols: true })
    expect(look({ FORCE_COLOR: '1' })).toMatchObject({ colour: true })
  })

  it('falls back to ASCII without losing a letter', () => {
    expect(toAscii('✓ Nguyễn Đức Thử … ≥ 1', { letters: false, symbols: false })).toBe('+ Nguyen Duc Thu ... >= 1')
    expect(toAscii('✓ Nguyễn Đức', { letters: true, symbols: false })).toBe('+ Nguyễn Đức')
  })

  it('measures and wraps Vietnamese as it is seen', () => {
    expect(widthOf('Nguyễn'.normalize('NFD'))).toBe(6)
    expect(widthOf('\u001b[32mđạt\u001b[39m')).toBe(3)
    expect(wrap('một hai ba bốn', 8)).toEqual(['một hai', 'ba bốn'])
    expect(indent('một hai ba', 2, 8)).toEqual(['  một', '  hai ba'])
  })
})

describe('usage', () => {
  it('ends with 64 and says what is wrong without echoing what may be a number', async () => {
    const io = testIo()
    expect(await run(['001090000123|x'], io)).toBe(exitCodes.usage)
    expect(io.err()).toContain('CLI_USAGE')
    expect(io.err() + io.out()).not.toContain('001090000123')
    const unknown = testIo()
    expect(await run(['doctor', '--wrong'], unknown)).toBe(exitCodes.usage)
    expect(unknown.err()).toContain('--wrong')
    expect(await run([], testIo())).toBe(exitCodes.usage)
  })

  it('prints errors as one JSON object under --json', async () => {
    const io = testIo()
    expect(await run(['doctor', '--json', '--wrong'], io)).toBe(exitCodes.usage)
    expect(JSON.parse(io.out())).toMatchObject({
      error: { code: 'CLI_USAGE', params: { problem: 'unknown-option' } },
      exitCode: 64,
    })
    expect(io.err()).toBe('')
  })

  it('has one exit code for each kind of error', () => {
    expect(exitCodeOf(new CliError('CLI_CANCELLED', 'x'))).toBe(130)
    expect(exitCodeOf(new CliError('CLI_NOT_A_CARD', 'x'))).toBe(65)
    expect(exitCodeOf(new Error('x'))).toBe(65)
  })
})

describe('progress', () => {
  it('has words for every step that readChip names', () => {
    const folder = new URL('../../emrtd/src/read/', import.meta.url)
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
    const steps = new Set(
      sources.flatMap((source) => [...source.matchAll(/step: '([a-z-]+)'/g)].map(([, step]) => `step.${step}`)),
    )
    expect(steps.size).toBeGreaterThan(6)
    for (const step of steps) expect(Object.keys(en)).toContain(step)
  })
})
