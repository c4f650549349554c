import { accessFromCan, type ChipReading, readChip } from '@cccd/emrtd'
import { type CardChannel, shortLimits } from '@cccd/iso7816'
import { type CardImage, createIssuer, personalise, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'

const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
let card: CardImage

beforeAll(async () => {
  const issuer = await createIssuer({ random: seededRandom('unlisted issuer'), at: '2026-01-01T00:00:00Z' })
  card = await personalise(issuer, syntheticCitizen(2), { random: seededRandom('unlisted'), aa: 'none' })
})

async function read(files: readonly ('DG1' | 'DG15')[]): Promise<{ reading: ChipReading; count: number }> {
  const chip = virtualCard(card, { limits: shortLimits })
  let count = 0
  const channel: CardChannel = {
    ...chip,
    transmit(command, options) {
      count++
      return chip.transmit(command, options)
    },
  }
  const access = accessFromCan(card.can)
  return { reading: await readChip(channel, { access, files, activeAuthentication: { challenge } }), count }
}

describe('a file that the SOD does not list', () => {
  it('is not asked for by a protocol, and is when the caller wants it', async () => {
    const { reading, count } = await read(['DG1'])
    expect(reading.fileStatus.DG15).toEqual({ status: 'not-asked' })
    expect(reading.fileStatus.DG14).toEqual({ status: 'read' })
    expect(reading.activeAuthentication).toBeUndefined()
    const blocks = (['SOD', 'DG1', 'DG14'] as const).reduce(
      (sum, name) => sum + Math.ceil((card.files[name]?.length ?? 0) / 223),
      0,
    )
    expect(count).toBe(1 + 5 + 1 + 2 + blocks)
    const asked = await read(['DG1', 'DG15'])
    expect(asked.reading.fileStatus.DG15).toMatchObject({ status: 'not-found' })
  })
})
