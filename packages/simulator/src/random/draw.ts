import type { RandomSource } from '@cccd/crypto'

/** A whole number in [from, to], every one as likely. @throws RangeError for an empty or too wide range */
export function drawInteger(random: RandomSource, from: number, to: number): number {
  const count = to - from + 1
  if (!Number.isInteger(count) || count < 1 || count > 0x1000000) throw new RangeError('range must hold 1 to 2^24 numbers')
  const limit = 0x1000000 - (0x1000000 % count)
  for (;;) {
    const [high = 0, middle = 0, low = 0] = random(3)
    const value = (high << 16) | (middle << 8) | low
    if (value < limit) return from + (value % count)
  }
}

/** One of the values. @throws RangeError when there is none */
export function drawOne<Value>(random: RandomSource, values: readonly Value[]): Value {
  return values[drawInteger(random, 0, values.length - 1)] as Value
}

/** `count` decimal digits. */
export function drawDigits(random: RandomSource, count: number): string {
  let out = ''
  while (out.length < count) out += drawInteger(random, 0, 9)
  return out
}
