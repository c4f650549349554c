import { describe, expect, it } from 'vitest'
import { QrError, qrErrorCodes } from '../src/index.js'
import { advice, messages } from '../src/messages.js'

describe('messages', () => {
  it('has a text in both languages for every code', () => {
    expect(Object.keys(messages).sort()).toEqual([...qrErrorCodes].sort())
    for (const code of qrErrorCodes)
      for (const language of ['vi', 'en'] as const)
        expect(advice(new QrError(code, 'x'), language)).toBe(messages[code][language])
  })

  it('lets the caller put in his own', () => {
    const own = { QR_SEX: { vi: 'của tôi', en: 'mine' } }
    expect(advice(new QrError('QR_SEX', 'x'), 'en', own)).toBe('mine')
  })
})
