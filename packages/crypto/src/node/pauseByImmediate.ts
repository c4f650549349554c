import type { Pause } from '../pause.js'

/** Lets input and output of Node run; unlike a timer it costs microseconds. */
export const pauseByImmediate: Pause = () => new Promise((resolve) => setImmediate(resolve))
