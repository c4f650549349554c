export { type ExitCode, exitCodes } from './exitCodes.js'
export type { Io, Output } from './Io.js'
export { run } from './run.js'
