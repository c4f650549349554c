import { SimulatorError, simulatorErrorCodes } from '@cccd/simulator'
import { advice, messages } from '@cccd/simulator/messages'
import { expect, it } from 'vitest'

it('every code has a text in both languages that says what to do', () => {
  expect(Object.keys(messages).sort()).toEqual([...simulatorErrorCodes].sort())
  for (const code of simulatorErrorCodes)
    for (const language of ['vi', 'en'] as const) {
      const text = advice(new SimulatorError(code, 'test'), language)
      expect(text.length).toBeGreaterThan(20)
      expect(text).toBe(text.normalize('NFC'))
    }
  expect(advice(new SimulatorError('SIMULATOR_UNSUPPORTED', 'test'), 'en', { SIMULATOR_UNSUPPORTED: { vi: 'a', en: 'b' } })).toBe(
    'b',
  )
})
