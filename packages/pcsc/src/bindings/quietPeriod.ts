import { setTimeout as sleep } from 'node:timers/promises'
import { readerStateBits } from './PcscBinding.js'

/** Longer than a watching thread is busy with one change. */
const afterChange = 60

/** How long pcsc-lite sleeps in the thread of whoever watches a card that has no answer to reset. */
const afterUnpowered = 450

/**
 * Both libraries end a watching thread by calling its wait off and then block the main thread until it has ended. A thread
 * that is busy with a change, or sleeps because a card has no answer to reset yet, misses the call (pcsc-lite forgets it), and
 * the process hangs until the next change at any reader. So nothing is ended before it is quiet.
 */
export interface QuietPeriod {
  /** A thread reports a change. */
  changed(bits: number, answerToReset: Uint8Array | undefined): void
  /** Waits until the last change is long enough ago. */
  wait(): Promise<void>
}

export function quietPeriod(): QuietPeriod {
  let quietAt = performance.now() + afterChange
  return {
    changed(bits, answerToReset) {
      const unpowered = (bits & readerStateBits.present) !== 0 && (answerToReset?.length ?? 0) === 0
      quietAt = Math.max(quietAt, performance.now() + (unpowered ? afterUnpowered : afterChange))
    },
    async wait() {
      for (let left = quietAt - performance.now(); left > 0; left = quietAt - performance.now()) await sleep(left)
    },
  }
}
