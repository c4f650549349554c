import { createTrustStore } from '@cccd/pki'
import { describe, expect, it } from 'vitest'
import { readingFromFiles, verifyReading } from '../../src/index.js'

/** A verdict must come out the same on every machine: a time that depends on its zone, or on how it counts days, is none. */

const atOf = async (at: string): Promise<string> =>
  (await verifyReading(readingFromFiles({}, { readAt: '2026-01-31T09:00:00Z' }), { trust: await createTrustStore(), at })).at

describe('the time of a verdict', () => {
  it.each(['2026-02-31', '2026-02-30T00:00:00Z', '2026-01-31T10:00', '2026-01-31T10:00:00', '2026-01-31T', '2026-01-31 10:00Z'])(
    'is not %s',
    async (at) => {
      await expect(atOf(at)).rejects.toThrow(RangeError)
    },
  )

  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T10:00Z', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T02:00:00.5+07:00', '2026-01-30T19:00:00.500Z'],
  ])('may be %s', async (at, instant) => {
    expect(await atOf(at)).toBe(instant)
  })
})
