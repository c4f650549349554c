// Starts pcscd with virtual readers, or finds the one that runs; prints its pid and readers as JSON.
//   node .ci/pcsc/start.mjs [number of readers]
import { startPcsc } from './stack.mjs'

const [readers = '2'] = process.argv.slice(2)
console.log(JSON.stringify(await startPcsc({ readers: Number(readers) }), null, 2))
