import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compatibilityPage } from './support/compatibility.js'

const page = new URL('../../../docs/compatibility.md', import.meta.url)

describe('docs/compatibility.md', () => {
  it('is what the reader makes of every profile (CCCD_WRITE=1 writes it)', { timeout: 120_000 }, async () => {
    const text = await compatibilityPage()
    if (process.env.CCCD_WRITE === '1') writeFileSync(page, text)
    expect(text).toBe(readFileSync(page, 'utf8'))
  })
})
