/** Lets the event loop run; awaited between the slices of long computations. */
export type Pause = () => Promise<void>

type Schedule = (run: () => void) => void

/** A macrotask of the runtime, so that a phone keeps drawing and a page answers; a microtask where there is none. */
export const pauseByMacrotask: Pause = () => new Promise(schedule())

function schedule(): Schedule {
  const { navigator, setImmediate, MessageChannel, setTimeout } = globalThis as Partial<MacrotaskGlobals>
  // React Native's setImmediate is a microtask; its timers of 0 ms run at once, but after what waits.
  if (navigator?.product !== 'ReactNative') {
    if (typeof setImmediate === 'function') return (run) => void setImmediate(run)
    // Pages wait 4 ms for a timer within a timer (HTML 8.6), and none for a message.
    if (typeof MessageChannel === 'function') return (run) => postMessage(new MessageChannel(), run)
  }
  if (typeof setTimeout === 'function') return (run) => void setTimeout(run, 0)
  return (run) => run()
}

interface MacrotaskGlobals {
  readonly navigator: { readonly product?: string }
  readonly setImmediate: (run: () => void) => unknown
  readonly MessageChannel: typeof MessageChannel
  readonly setTimeout: (run: () => void, milliseconds: number) => unknown
}

function postMessage({ port1, port2 }: MessageChannel, run: () => void): void {
  port1.onmessage = () => {
    port1.close()
    run()
  }
  port2.postMessage(undefined)
}
