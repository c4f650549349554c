import { describe, expect, it } from 'vitest'
import { IdentityError, identityErrorCodes } from '../src/index.js'
import { advice, messages } from '../src/messages.js'

describe('messages', () => {
  it('has a text in both languages for every code', () => {
    expect(Object.keys(messages).sort()).toEqual([...identityErrorCodes].sort())
    for (const code of identityErrorCodes)
      for (const language of ['vi', 'en'] as const)
        expect(advice(new IdentityError(code, 'x'), language)).toBe(messages[code][language])
  })

  it('lets the caller put in his own', () => {
    const own = { IDENTITY_DATE: { vi: 'của tôi', en: 'mine' } }
    expect(advice(new IdentityError('IDENTITY_DATE', 'x'), 'en', own)).toBe('mine')
  })
})
