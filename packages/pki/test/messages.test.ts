import { cryptoErrorCodes } from '@cccd/crypto'
import { messages as cryptoMessages } from '@cccd/crypto/messages'
import { PkiError, pkiErrorCodes } from '@cccd/pki'
import { advice, messages } from '@cccd/pki/messages'
import { describe, expect, it } from 'vitest'

describe('messages', () => {
  it('stand there for every code in both languages', () => {
    expect(new Set(Object.keys(messages))).toEqual(new Set(pkiErrorCodes))
    for (const entry of Object.values(messages)) for (const text of [entry.vi, entry.en]) expect(text.length).toBeGreaterThan(20)
  })

  it('are given for errors of this package and of those below', () => {
    expect(advice(new PkiError('PKI_BAD_PEM', 'x'), 'vi')).toBe(messages.PKI_BAD_PEM.vi)
    expect(cryptoErrorCodes.length).toBeGreaterThan(0)
    expect(Object.keys(cryptoMessages)).toContain('CRYPTO_UNSUPPORTED')
    expect(advice(new PkiError('PKI_BAD_PEM', 'x'), 'en', { PKI_BAD_PEM: { vi: 'của tôi', en: 'mine' } })).toBe('mine')
  })
})
