import { CccdError } from '@cccd/core'
import { CryptoError, cryptoErrorCodes } from '@cccd/crypto'
import { advice, messages } from '@cccd/crypto/messages'
import { expect, it } from 'vitest'

it('has a text for every code in both languages', () => {
  expect(Object.keys(messages).sort()).toEqual([...cryptoErrorCodes].sort())
  for (const code of cryptoErrorCodes) {
    const error = new CryptoError(code, 'x')
    expect(CccdError.is(error)).toBe(true)
    expect(advice(error, 'vi')).toMatch(/[ăâđêôơưáàảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựíìỉĩịúùủũụýỳỷỹỵ]/)
    expect(advice(error, 'en').length).toBeGreaterThan(20)
    expect(advice(error, 'en', { [code]: { vi: 'a', en: 'own' } })).toBe('own')
  }
})
