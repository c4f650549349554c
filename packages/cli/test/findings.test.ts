import { readdirSync, readFileSync } from 'node:fs'
import { exitCodes, run } from '@cccd/cli'
import { personalNumberFindingCodes } from '@cccd/identity'
import { describe, expect, it } from 'vitest'
import { findingTexts } from '../src/i18n/findingTexts.js'
import { testIo } from './testIo.js'

const packages = new URL('../../', import.meta.url)

/** Every code that stands beside a severity in a source: `{ code: 'x', severity: …` or `note('x', 'warning'`. */
function codesInSources(): Set<string> {
  const codes = new Set<string>(personalNumberFindingCodes)
  for (const name of readdirSync(packages))
    for (const file of readdirSync(new URL(`${name}/src`, packages), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue
      const source = readFileSync(new URL(`${name}/src/${file.replaceAll('\\', '/')}`, packages), 'utf8')
      const patterns = [/code: '([a-z0-9-]+)',\s+severity/g, /\(\s*'([a-z0-9-]+)', '(?:info|warning|error)'/g]
      for (const pattern of patterns) for (const [, code = ''] of source.matchAll(pattern)) codes.add(code)
    }
  return codes
}

describe('findings in words', () => {
  it('has a text in both languages for every code that a package gives, and no other', () => {
    const codes = codesInSources()
    expect(codes.size).toBeGreaterThan(45)
    expect(Object.keys(findingTexts).sort()).toEqual([...codes].sort())
    for (const { vi, en } of Object.values(findingTexts)) {
      expect(vi).toBe(vi.normalize('NFC'))
      expect(vi).toMatch(/[à-ỹđ]/)
      expect(en).toMatch(/^[\x20-\x7e]{8,90}$/)
    }
  })

  it('prints them, with the code for whoever looks it up', async () => {
    const payload = '001099000001||NGUYỄN  VĂN KIỂM THỬ|01021999|Nam||15042021'
    for (const [lang, words] of [
      ['vi', 'nơi cư trú để trống (place-of-residence-empty)'],
      ['en', 'the place of residence is empty (place-of-residence-empty)'],
    ] as const) {
      const io = testIo({ columns: 120 })
      expect(await run(['qr', payload, '--lang', lang], io)).toBe(exitCodes.ok)
      expect(io.out()).toContain(words)
    }
  })
})
