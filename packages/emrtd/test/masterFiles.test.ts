import { accessFromCan, decodeReading, encodeReading, readChip } from '@cccd/emrtd'
import { parseAtrInfo, parseDirectory } from '@cccd/emrtd/files'
import { type CardChannel, faulty, shortLimits } from '@cccd/iso7816'
import { type CardImage, issueCard, seededRandom, virtualCard } from '@cccd/simulator'
import { beforeAll, describe, expect, it } from 'vitest'

const at = '2026-06-01T00:00:00Z'
let card: CardImage

beforeAll(async () => {
  const image = { type: 'jpeg', encode: async () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) } as const
  card = await issueCard({ profile: 'de-cam', index: 0, random: seededRandom('master files'), at, image })
})

async function read(channel: CardChannel, masterFiles: readonly ('ATR/INFO' | 'DIR')[] = ['ATR/INFO', 'DIR']) {
  return readChip(channel, {
    access: accessFromCan(card.can),
    files: ['DG1'],
    masterFiles,
    random: seededRandom('terminal'),
    clock: () => Date.parse(at),
  })
}

describe('files outside the application', () => {
  it('come as the chip gives them, and go round through JSON', async () => {
    const reading = await read(virtualCard(card, { random: seededRandom('chip') }))
    const { 'ATR/INFO': atrInfo, DIR: directory } = reading.masterFiles ?? {}
    expect(parseAtrInfo(atrInfo as Uint8Array).extendedLength).toMatchObject({ maxResponseLength: expect.any(Number) })
    expect(parseDirectory(directory as Uint8Array).entries.map(({ application }) => application)).toEqual(['lds1'])
    expect(decodeReading(encodeReading(reading)).masterFiles).toEqual(reading.masterFiles)
    expect(reading.access).toMatchObject({ protocol: 'PACE' })
  })

  it('are read by SELECT where the chip has no short identifiers', async () => {
    const chip = virtualCard(card, { random: seededRandom('chip'), traits: { shortFileIdentifiers: false } })
    expect(Object.keys((await read(chip)).masterFiles ?? {})).toEqual(['ATR/INFO', 'DIR'])
  })

  it('that the chip does not have are not there, and cost the read nothing', async () => {
    const chip = virtualCard(card, { random: seededRandom('chip'), traits: { directory: false, extendedLengthSaid: [] } })
    const reading = await read(chip)
    expect(reading.masterFiles).toEqual({})
    expect(reading.files.DG1).toBeInstanceOf(Uint8Array)
  })

  it('without end are cut off', async () => {
    const endless = new Uint8Array(258).fill(0x61)
    endless.set([0x90, 0x00], 256)
    let asked = 0
    const chip = virtualCard(card, { random: seededRandom('chip'), limits: shortLimits })
    const dripping = faulty(chip, [
      {
        at: (command) => {
          const isDirectory =
            command[1] === 0xb0 && ((command[2] === 0x9e && asked === 0) || (asked > 0 && command[0] === 0 && asked < 64))
          if (isDirectory) asked++
          return isDirectory
        },
        fault: { type: 'answer', response: endless },
      },
    ])
    const reading = await read(dripping, ['DIR'])
    expect(reading.masterFiles?.DIR?.length).toBe(4096)
    expect(asked).toBe(17)
  })

  it('of other names are refused', async () => {
    const channel = virtualCard(card, { random: seededRandom('chip') })
    await expect(read(channel, ['CVCA' as 'DIR'])).rejects.toThrow(RangeError)
  })
})
