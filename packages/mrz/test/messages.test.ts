import { describe, expect, it } from 'vitest'
import { MrzError, mrzErrorCodes } from '../src/index.js'
import { advice, messages } from '../src/messages.js'

describe('messages', () => {
  it('has a text in both languages for every code', () => {
    expect(Object.keys(messages).sort()).toEqual([...mrzErrorCodes].sort())
    for (const code of mrzErrorCodes)
      for (const language of ['vi', 'en'] as const)
        expect(advice(new MrzError(code, 'x'), language)).toBe(messages[code][language])
  })

  it('lets the caller put in his own', () => {
    const own = { MRZ_DATE: { vi: 'của tôi', en: 'mine' } }
    expect(advice(new MrzError('MRZ_DATE', 'x'), 'en', own)).toBe('mine')
  })
})
