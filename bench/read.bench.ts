import { extendedLimits, shortLimits } from '@cccd/iso7816'
import {
  createIssuer,
  personalise,
  seededRandom,
  simulatedClock,
  syntheticCitizen,
  virtualCard,
  withLinkModel,
} from '@cccd/simulator'
import { minimum } from './read/minimum.js'
import { gmrtd, jmrtd, nfcPassportReader } from './read/others.js'
import { ours } from './read/ours.js'
import type { ReadStrategy, Wanted } from './read/ReadStrategy.js'
import { costInHermes, costInNode, recordRead } from './read/runtimes.js'
import { table } from './table.js'

// APDUs and time of three reads, by our strategy and by those of others, over one software card and one link: 15 ms for each APDU,
// and its bytes at 106, 424 and 848 kbit/s. The chip's own computing is not in the link model and alike for all.

const latencyMs = 15
const bitrates = [106_000, 424_000, 848_000] as const

const reads: readonly Wanted[] = [
  {
    name: 'Full read: SOD, DG1, DG2, DG13, DG14, DG15, Chip and Active Authentication',
    files: ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'],
    chipAuthentication: true,
    activeAuthentication: true,
  },
  { name: 'SOD, DG1, DG2', files: ['DG1', 'DG2'], chipAuthentication: false, activeAuthentication: false },
  {
    name: 'Minimal step-up read: SOD, DG1, DG14, DG15, Active Authentication',
    files: ['DG1', 'DG14', 'DG15'],
    chipAuthentication: false,
    activeAuthentication: true,
  },
]

const issuer = await createIssuer({ random: seededRandom('bench'), at: '2026-01-01T00:00:00Z' })
const card = await personalise(issuer, syntheticCitizen(3), { random: seededRandom('bench card') })
const lengths = Object.entries(card.files).map(([file, bytes]) => `${file} ${bytes.length}`)
console.log(`the card: ${lengths.join(', ')} bytes; PACE and Chip Authentication with AES-128, RSA-1536`)

async function measure(strategy: ReadStrategy, wanted: Wanted, extended: boolean) {
  const limits = extended ? extendedLimits : shortLimits
  const link = { latencyMs, bitrate: bitrates[0], clock: simulatedClock() }
  const channel = withLinkModel(virtualCard(card, { limits, random: seededRandom('chip') }), link)
  const read = await strategy.read(channel, card, wanted)
  for (const name of ['SOD', ...wanted.files] as const)
    if (read[name]?.join() !== card.files[name]?.join()) throw new Error(`${strategy.name}: ${name} is not what the card holds`)
  const { apdus, bytesSent, bytesReceived } = channel.statistics()
  const seconds = bitrates.map((bitrate) => (apdus * latencyMs + (8000 * (bytesSent + bytesReceived)) / bitrate) / 1000)
  return { apdus, seconds, least: minimum(read, wanted, extended ? 65_000 : 223) }
}

let linkSeconds = 0
for (const wanted of reads)
  for (const extended of [false, true]) {
    const others = [jmrtd(extended), gmrtd(), nfcPassportReader()]
    const own = await measure(ours, wanted, extended)
    const rows = [['strategy', 'APDUs', '× ours', '106 kbit/s', '424', '848', '× ours at 424']]
    const { least } = own
    if (wanted === reads[0] && !extended) linkSeconds = own.seconds[1] ?? 0
    const allowed = extended ? least + 2 : Math.floor(least * 1.05)
    if (own.apdus > allowed) throw new Error(`${own.apdus} APDUs, ${allowed} allowed`)
    for (const strategy of [ours, ...others]) {
      const { apdus, seconds } = strategy === ours ? own : await measure(strategy, wanted, extended)
      if (apdus <= own.apdus && strategy !== ours) throw new Error(`${strategy.name} needs ${apdus} APDUs, we ${own.apdus}`)
      rows.push([
        strategy.name,
        String(apdus),
        (apdus / own.apdus).toFixed(2),
        ...seconds.map((time) => `${time.toFixed(2)} s`),
        ((seconds[1] ?? 0) / (own.seconds[1] ?? 1)).toFixed(2),
      ])
    }
    table(`${wanted.name}, ${extended ? 'extended' : 'short'} length (the minimum: ${least} APDUs)`, rows)
  }

// The terminal's own work, from a recorded full read over short length: nobody waits for a chip or a link.
const recorded = await recordRead(issuer, card)
const costs = [['Node', await costInNode(recorded)] as const, ['Hermes', await costInHermes(recorded)] as const]
const rows = [['runtime', 'read', 'share of the read', 'verify', 'SHA-256 of all files', 'longest task: read', 'verify']]
for (const [runtime, cost] of costs) {
  if (cost === undefined) continue
  const { readMs, verifyMs, hashMs, longestReadTaskMs, longestVerifyTaskMs } = cost
  const share = (100 * readMs) / (readMs + 1000 * linkSeconds)
  const times = [verifyMs, hashMs, longestReadTaskMs, longestVerifyTaskMs].map((ms) => `${ms.toFixed(1)} ms`)
  rows.push([runtime, `${readMs.toFixed(1)} ms`, `${share.toFixed(1)} %`, ...times])
}
table('The terminal’s own work for the full read over short length; its share beside the link at 424 kbit/s', rows)
