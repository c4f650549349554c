// Ends the pcscd that start.mjs or a test suite started, and no other.
import { stopPcsc } from './stack.mjs'

console.log((await stopPcsc()) ? 'pcscd stopped' : 'no pcscd of ours runs')
