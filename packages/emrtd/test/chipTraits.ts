import { accessFromCan, blockLength, type FileName, type ReadChipOptions, readChip } from '@cccd/emrtd'
import { type CardChannel, extendedLimits, shortLimits } from '@cccd/iso7816'
import {
  type CardImage,
  type ChipTraits,
  createIssuer,
  personalise,
  seededRandom,
  syntheticCitizen,
  virtualCard,
} from '@cccd/simulator'
import { expect } from 'vitest'

const planned = ['SOD', 'DG14', 'DG15', 'DG1', 'DG13', 'DG2'] as const
const challenge = Uint8Array.of(1, 1, 2, 3, 5, 8, 13, 21)

/** Every mixture of what chips do another way when they are read. */
export function everyTraits(): readonly Partial<ChipTraits>[] {
  const all: Partial<ChipTraits>[] = []
  for (const extendedLength of [false, { command: 2_048, response: 2_048 }, { command: 65_544, response: 65_538 }] as const)
    for (const said of extendedLength === false
      ? ([['historical-bytes']] as const)
      : ([['historical-bytes'], ['atr-info']] as const))
      for (const maxRead of [65_536, 192, 100])
        for (const overlongRead of maxRead === 65_536
          ? (['shortened'] as const)
          : (['shortened', '6700', '6CXX', 'channel-lost'] as const))
          for (const endOfFile of ['6282', '9000', '6B00'] as const)
            for (const [shortFileIdentifiers, padding, oddReadObject] of [
              [true, 0, 0x85],
              [false, 7, 0x87],
            ] as const)
              all.push({
                extendedLength,
                extendedLengthSaid: said,
                maxRead,
                overlongRead,
                endOfFile,
                shortFileIdentifiers,
                padding,
                oddReadObject,
              })
  return all
}

export async function makeCard(): Promise<CardImage> {
  const issuer = await createIssuer({ random: seededRandom('traits issuer'), at: '2026-01-01T00:00:00Z' })
  return personalise(issuer, syntheticCitizen(9), { random: seededRandom('traits') })
}

async function countedRead(card: CardImage, traits: Partial<ChipTraits>, options: Partial<ReadChipOptions>) {
  // What the reader carries is more than what the chip does.
  const limits = traits.extendedLength === false ? shortLimits : extendedLimits
  const chip = virtualCard(card, { traits, limits, random: seededRandom('chip') })
  let count = 0
  const channel: CardChannel = {
    ...chip,
    transmit(command, transmitOptions) {
      count++
      return chip.transmit(command, transmitOptions)
    },
  }
  const access = accessFromCan(card.can)
  const reading = await readChip(channel, { access, files: planned, activeAuthentication: { challenge }, ...options })
  for (const name of planned) expect([name, reading.files[name]]).toEqual([name, card.files[name]])
  expect(reading.chipAuthentication?.status).toBe('performed')
  expect(reading.activeAuthentication?.response).toBeDefined()
  return { reading, count }
}

/** A chip is read whole; the next of its kind, with the limits of the first, in the fewest APDUs that its traits allow. */
export async function readTwice(card: CardImage, traits: Partial<ChipTraits>): Promise<{ first: number; second: number }> {
  const { reading, count: first } = await countedRead(card, traits, {})
  const { chipLimits = {} } = reading
  const { count: second } = await countedRead(card, traits, { chipLimits })
  const { answerLength = 256, largestBlock = 65_536, refusesExtended, headerFirst, shortFileIdentifiers } = chipLimits
  const block = Math.min(blockLength(refusesExtended === true ? 256 : answerLength, 'AES-128'), largestBlock)
  const extra = (shortFileIdentifiers === false ? 1 : 0) + (headerFirst === true ? 1 : 0)
  const blocks = planned.reduce((sum, name: FileName) => sum + Math.ceil((card.files[name]?.length ?? 0) / block) + extra, 0)
  // EF.CardAccess by short identifier, or after SELECT; PACE, SELECT, Chip Authentication, Active Authentication and GET RESPONSE.
  const fewest = (traits.shortFileIdentifiers === false ? 4 : 1) + 5 + 1 + 2 + 2 + blocks
  expect(second).toBeLessThanOrEqual(fewest)
  expect(second).toBeLessThanOrEqual(first)
  return { first, second }
}
