/** Lets the event loop run; awaited between long computations. */
export type Pause = () => Promise<void>

/** A macrotask where the runtime has timers, so that a phone keeps drawing; else a microtask. */
export const pauseByTimer: Pause = () =>
  typeof setTimeout === 'function' ? new Promise((resolve) => setTimeout(resolve, 0)) : Promise.resolve()
