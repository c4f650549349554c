import type { Trace } from './Trace.js'

/** Random bytes of a length; `RandomSource` of `@cccd/crypto` is one. */
export type RandomBytes = (length: number) => Uint8Array

/** A source that notes in the trace what it gives out, so that a replay can give the same. */
export function recordRandomness(random: RandomBytes, trace: Trace): RandomBytes {
  return (length) => {
    const bytes = random(length)
    trace.addRandomness(bytes)
    return bytes
  }
}
