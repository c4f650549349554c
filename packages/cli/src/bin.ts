#!/usr/bin/env node
import { exitCodes } from './exitCodes.js'
import { nodeIo } from './nodeIo.js'
import { run } from './run.js'

const interruption = new AbortController()
let interrupts = 0
const interrupt = (): void => {
  // The second Ctrl+C ends a command that does not come to its end by itself.
  if (++interrupts > 1) process.exit(exitCodes.cancelled)
  interruption.abort()
}
process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
// `cccd … | head` closes the pipe: nobody reads on, which is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok)
})

void run(process.argv.slice(2), nodeIo(interruption.signal)).then((code) => {
  process.exitCode = code
})
