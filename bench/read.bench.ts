import { accessFromCan, type ChipReading, cipherParameters, readChip } from '@cccd/emrtd'
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
import { table } from './table.js'

// APDUs of a full read (PACE, SOD, DG1, DG2, DG13, DG14, Chip Authentication, DG15, Active Authentication) beside the minimum:
// Σ ⌈length / largest block⌉ + 1 EF.CardAccess + 5 PACE + 1 SELECT + 2 Chip Authentication + 1 Active Authentication (+1 when it needs GET RESPONSE).

const issuer = await createIssuer({ random: seededRandom('bench'), at: '2026-01-01T00:00:00Z' })
const card = await personalise(issuer, syntheticCitizen(3), { random: seededRandom('bench card') })
const files = ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'] as const

function minimum(reading: ChipReading, largestBlock: number, getResponse: boolean): number {
  const blocks = Object.entries(reading.files).filter(([name]) => name !== 'CardAccess')
  return (
    blocks.reduce((sum, [, bytes]) => sum + Math.ceil(bytes.length / largestBlock), 0) + 1 + 5 + 1 + 2 + 1 + (getResponse ? 1 : 0)
  )
}

const rows: string[][] = [['link', 'APDUs', 'minimum', 'over', '15 ms + 106 kbit/s', '+ 424', '+ 848']]
for (const [name, limits, largestBlock] of [
  ['short length', shortLimits, 223],
  ['extended length', extendedLimits, 65_000],
] as const) {
  const times: string[] = []
  let apdus = 0
  let reading: ChipReading | undefined
  for (const bitrate of [106_000, 424_000, 848_000]) {
    const channel = withLinkModel(virtualCard(card, { limits, random: seededRandom('chip') }), {
      latencyMs: 15,
      bitrate,
      clock: simulatedClock(),
    })
    reading = await readChip(channel, {
      access: accessFromCan(card.can),
      files,
      activeAuthentication: { challenge: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
      random: seededRandom('terminal'),
    })
    const { apdus: count, ms } = channel.statistics()
    apdus = count
    times.push(`${(ms / 1000).toFixed(2)} s`)
  }
  if (reading === undefined) continue
  if (reading.chipAuthentication?.status !== 'performed' || reading.activeAuthentication?.response === undefined)
    throw new Error('the read is not whole')
  const least = minimum(reading, largestBlock, limits === shortLimits && reading.activeAuthentication.response.length > 208)
  rows.push([
    name,
    String(apdus),
    String(least),
    `${apdus - least} (${((100 * (apdus - least)) / least).toFixed(1)} %)`,
    ...times,
  ])
  if (name === 'short length')
    console.log(
      `files: ${Object.entries(reading.files)
        .map(([file, bytes]) => `${file} ${bytes.length}`)
        .join(
          ', ',
        )} bytes; ${reading.access?.cipher}, key ${cipherParameters[reading.access?.cipher ?? 'AES-128'].keyLength} bytes`,
    )
}
table('A full read of the software card (no chip computing time in the link model)', rows)
