/** A clock that moves when it is told to. */
export interface SimulatedClock {
  /** Milliseconds since 1970, as `Date.now` gives them. */
  now(): number
  advance(ms: number): void
}

/** A clock that starts at an instant (default 2026-01-01T00:00:00Z) and stands still. */
export function simulatedClock(start = 1_767_225_600_000): SimulatedClock {
  let time = start
  return {
    now: () => time,
    advance(ms) {
      time += ms
    },
  }
}
