import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { nodeCrypto } from '@cccd/crypto/node'
import { portableCrypto } from '@cccd/crypto/portable'
import { paired, table } from './table.js'
import { demoReadings } from './verify/demoReadings.js'
import { type Operations, operationsOf } from './verify/operations.js'

// Verification beside the operations that nobody can leave out, on the same backend. The anchor's key is kept on both sides; every
// iteration is another reading. The steady state of a server is measured: V8 compiles what is called often, and we are more code.

const count = Number(process.env.CCCD_BENCH_READINGS ?? 30)
const threads = Number(process.env.CCCD_BENCH_THREADS ?? 2)

type Work = 'verify' | 'authenticate'
const works: readonly (readonly [Work, string])[] = [
  ['authenticate', 'passive authentication'],
  ['verify', 'verifyReading'],
]

interface Rates {
  readonly ours: number
  readonly bare: number
  readonly ratio: number
}

async function rates(operations: Operations, work: Work, forget: boolean, size: number, rounds: number): Promise<Rates> {
  const ours = () => operations[work]()
  const bare = () => (work === 'verify' ? operations.verifyBare() : operations.authenticateBare())
  // A store remembers signers it met: with one signer for each reading it must meet each for the first time.
  const prepare = () => (forget ? operations.forgetSigners() : undefined)
  const { first, second, ratio } = await paired(rounds, ours, bare, { prepare, warmUp: 4 * rounds })
  return { ours: (1000 * size) / first, bare: (1000 * size) / second, ratio }
}

async function onOneCore(): Promise<void> {
  const rows: string[][] = [['backend', 'document signers', 'work', 'ours /s', 'bare operations /s', 'ratio']]
  for (const eachOwnSigner of [true, false]) {
    const cards = await demoReadings(count, eachOwnSigner)
    for (const crypto of [nodeCrypto(), portableCrypto()]) {
      const size = crypto.name === 'portable' ? Math.min(6, count) : count
      const operations = await operationsOf({ ...cards, readings: cards.readings.slice(0, size) }, crypto)
      for (const [work, name] of works) {
        const { ours, bare, ratio } = await rates(operations, work, eachOwnSigner, size, crypto.name === 'portable' ? 5 : 25)
        const signers = eachOwnSigner ? `${size}, never met before` : 'one, met before'
        rows.push([crypto.name, signers, name, ours.toFixed(0), bare.toFixed(0), ratio.toFixed(2)])
      }
    }
  }
  table(`Verification on one core (${count} DEMO cards; median of paired runs)`, rows)
}

/** A thread verifies its own cards; all begin together when each is warm. */
async function inThread(seed: string): Promise<void> {
  const operations = await operationsOf(await demoReadings(count, true, seed), nodeCrypto())
  parentPort?.on('message', (work: Work) => {
    void rates(operations, work, true, count, 25).then((result) => parentPort?.postMessage(result))
  })
  parentPort?.postMessage('ready')
}

async function overThreads(): Promise<void> {
  const workers = Array.from(
    { length: threads },
    (_, index) => new Worker(process.argv[1] ?? '', { workerData: `thread ${index} ` }),
  )
  const answers = () =>
    Promise.all(
      workers.map(
        (worker) =>
          new Promise<Rates>((resolve, reject) => {
            worker.once('message', resolve)
            worker.once('error', reject)
          }),
      ),
    )
  await answers()
  const rows: string[][] = [['work', 'ours /s', 'bare operations /s', 'ratio']]
  for (const [work, name] of works) {
    const pending = answers()
    for (const worker of workers) worker.postMessage(work)
    const results = await pending
    const sum = (side: 'ours' | 'bare') => results.reduce((total, result) => total + result[side], 0)
    rows.push([name, sum('ours').toFixed(0), sum('bare').toFixed(0), (sum('bare') / sum('ours')).toFixed(2)])
  }
  for (const worker of workers) await worker.terminate()
  table(`Over ${threads} worker threads together (signers never met before, Node backend)`, rows)
}

if (isMainThread) {
  await onOneCore()
  await overThreads()
} else await inThread(String(workerData))
