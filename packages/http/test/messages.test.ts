import { describe, expect, it } from 'vitest'
import { HttpError, httpErrorCodes } from '../src/index.js'
import { advice, messages } from '../src/messages.js'

describe('messages', () => {
  it('has a text in both languages for every code', () => {
    expect(Object.keys(messages).sort()).toEqual([...httpErrorCodes].sort())
    for (const code of httpErrorCodes)
      for (const language of ['vi', 'en'] as const)
        expect(advice(new HttpError(code, 'x'), language)).toBe(messages[code][language])
  })
})
