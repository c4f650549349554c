import { inspect } from 'node:util'
import {
  advise,
  CccdError,
  CoreError,
  checkOf,
  coreErrorCodes,
  decodeJson,
  encodeJson,
  isCccdError,
  markPersonal,
  redact,
} from '@cccd/core'
import { advice, messages } from '@cccd/core/messages'
import { describe, expect, it } from 'vitest'

describe('errors', () => {
  it('are recognised across copies of the package', () => {
    const foreign = Object.defineProperty({ code: 'QR_FIELD_COUNT' }, Symbol.for('@cccd/error'), { value: true })
    expect(CccdError.is(foreign)).toBe(true)
    expect(CccdError.is(new Error('x'))).toBe(false)
    expect(isCccdError(new CoreError('CURSOR_END', 'x'), 'CURSOR_END')).toBe(true)
    expect(isCccdError(new CoreError('CURSOR_END', 'x'), 'JSON_INVALID')).toBe(false)
  })

  it('keep nothing of a foreign cause but its name and code', () => {
    const secret = '001099000001'
    const cause = Object.assign(new Error(`bad value ${secret}`, { cause: secret }), { code: 'ERR_X', bytes: secret })
    const error = new CoreError('JSON_INVALID', 'text is not JSON', { cause })
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret)
    expect(inspect(error)).toContain('ERR_X')
    expect(inspect(new CoreError('JSON_INVALID', 'x', { cause: secret }))).not.toContain(secret)
    expect(
      inspect(new CoreError('JSON_INVALID', 'x', { cause: Object.assign(new Error('x'), { name: secret, code: `${secret} ` }) })),
    ).not.toContain(secret)
  })

  it('have an advice text in both languages for every code', () => {
    for (const code of coreErrorCodes)
      for (const language of ['vi', 'en'] as const) {
        expect(messages[code][language].length).toBeGreaterThan(10)
        expect(advice(new CoreError(code, 'x'), language)).toBe(messages[code][language])
      }
    expect(advice(new CoreError('CURSOR_END', 'x'), 'en', { CURSOR_END: { vi: 'b', en: 'a' } })).toBe('a')
    expect(advise(new Error('toString'), 'en', messages)).toContain('unexpected')
  })
})

describe('personal data', () => {
  it('prints masked and stays plain data', () => {
    const person = markPersonal(
      { number: '001099000001', photo: Uint8Array.of(1, 2, 3), names: ['Nguyễn'], adult: true, inner: { dates: ['1999-01-02'] } },
      'Person',
    )
    for (const part of [person, { person }, person.inner, person.names, [person], new Map([['p', person]])]) {
      const text = inspect(part, { depth: 10 })
      for (const secret of ['001099000001', 'Nguyễn', '1999', '1, 2, 3', '01 02 03']) expect(text).not.toContain(secret)
    }
    expect(inspect(person.photo)).not.toContain('1')
    expect(structuredClone(person)).toEqual({ ...person })
    expect(decodeJson(encodeJson(person))).toEqual({ ...person })
    expect(redact(person)).toEqual({
      number: '<12 characters>',
      photo: '<3 bytes>',
      names: ['<6 characters>'],
      adult: true,
      inner: { dates: ['<10 characters>'] },
    })
  })
})

describe('JSON codec', () => {
  it('refuses what is not plain data and what is not its own', () => {
    for (const value of [() => 1, new Date(0), 1n, Number.NaN, new Map()]) expect(() => encodeJson({ value })).toThrow(TypeError)
    for (const text of ['', '{', '{"$bytes":"*"}', `${'['.repeat(100)}${']'.repeat(100)}`])
      expect(() => decodeJson(text)).toThrow(CoreError)
    expect(() => decodeJson('[]', { maxLength: 1 })).toThrow(CoreError)
    expect(Object.getPrototypeOf(decodeJson('{"__proto__":{"polluted":true}}'))).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('gives an absent check the status not-performed', () => {
    expect(checkOf({ checks: [{ id: 'a', status: 'passed' }] }, 'b')).toEqual({ id: 'b', status: 'not-performed' })
  })
})
