import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { encodeBase64, encodeHex } from '@cccd/core'
import { accessFromCan, readChip } from '@cccd/emrtd'
import { recording, shortLimits } from '@cccd/iso7816'
import { type CardImage, type DemoIssuer, seededRandom, virtualCard } from '@cccd/simulator'
import { bundleForHermes, cachePath, hermesPath, isHere, root } from '../../packages/emrtd/test/runtimes/bundles.js'
import { median } from '../table.js'
import { challenge } from './ReadStrategy.js'
import { type ReadCost, type RecordedRead, replayedRead } from './replayedRead.js'

const runs = 5

/** A full read over short length, recorded. */
export async function recordRead(issuer: DemoIssuer, card: CardImage): Promise<RecordedRead> {
  const at = '2026-06-01T08:00:00Z'
  const chip = virtualCard(card, { limits: shortLimits, random: seededRandom('chip') })
  const channel = recording(chip, { randomness: seededRandom('terminal') })
  await readChip(channel, {
    access: accessFromCan(card.can),
    files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
    activeAuthentication: { challenge },
    random: channel.random,
    clock: () => Date.parse(at),
  })
  const trace = channel.trace().export({ sensitive: true })
  return { trace, can: card.can, anchor: encodeBase64(issuer.csca.certificate), challenge: encodeHex(challenge), at }
}

/** Medians of the terminal's own work in this process. */
export async function costInNode(input: RecordedRead): Promise<ReadCost> {
  const costs: ReadCost[] = []
  for (let run = 0; run < 2 * runs; run++) costs.push(await replayedRead(input))
  return medians(costs.slice(runs))
}

/** The same in Hermes, each run in an engine of its own; undefined where it is not installed. */
export async function costInHermes(input: RecordedRead): Promise<ReadCost | undefined> {
  if (!isHere(hermesPath)) return undefined
  const entry = cachePath('read-cost.entry.ts')
  mkdirSync(dirname(entry), { recursive: true })
  const source = JSON.stringify(join(root, 'bench/read/replayedRead.ts'))
  writeFileSync(
    entry,
    `import { replayedRead } from ${source}
replayedRead(${JSON.stringify(input)}).then((cost) => print(JSON.stringify(cost)), (error) => print(String(error) + error.stack))
`,
  )
  const script = cachePath('read-cost.js')
  writeFileSync(script, await bundleForHermes(entry))
  const costs = Array.from({ length: runs }, () => {
    const output = execFileSync(hermesPath, ['-O', '-Xmicrotask-queue', script], { encoding: 'utf8', maxBuffer: 1 << 26 })
    return JSON.parse(output.trim().split('\n').pop() ?? '') as ReadCost
  })
  return medians(costs)
}

function medians(costs: readonly ReadCost[]): ReadCost {
  const of = (pick: (cost: ReadCost) => number): number => median(costs.map(pick))
  return {
    readMs: of((cost) => cost.readMs),
    verifyMs: of((cost) => cost.verifyMs),
    hashMs: of((cost) => cost.hashMs),
    longestReadTaskMs: of((cost) => cost.longestReadTaskMs),
    longestVerifyTaskMs: of((cost) => cost.longestVerifyTaskMs),
  }
}
