import { decodeHex, encodeTlv } from '@cccd/core'
import { accessFromCan, type ChipReading, createPartialReading, type FileName, type PartialReading, readChip } from '@cccd/emrtd'
import { TransportError } from '@cccd/iso7816'
import { describe, expect, it } from 'vitest'
import { makeDg15 } from '../issuer.js'
import { backends, countingRandom } from '../support.js'
import { cardAccessOf, TestChip, type TestChipOptions } from '../TestChip.js'

/** A partial reading of one card, continued with another: nothing of the first may end up in the reading of the second. */

const crypto = backends[0]?.[1] as (typeof backends)[number][1]
const point = await crypto.curve('P-256').publicKey(new Uint8Array(32).fill(5))
const cards: Partial<Record<FileName, Uint8Array>> = {
  CardAccess: cardAccessOf('0.4.0.127.0.7.2.2.4.2.2', 13),
  SOD: encodeTlv(0x77, new Uint8Array(1_900).fill(7)),
  DG1: encodeTlv(0x61, new Uint8Array(93)),
  DG15: makeDg15({ type: 'ec', curve: 'P-256', point }),
}

function chipWith(options: Partial<TestChipOptions> = {}): TestChip {
  return new TestChip({ crypto, files: cards, ...options })
}

function read(chip: TestChip, into: PartialReading, challenge: string): Promise<ChipReading> {
  return readChip(chip, {
    access: accessFromCan('500540'),
    files: ['DG1'],
    activeAuthentication: { challenge: decodeHex(challenge) },
    crypto,
    random: countingRandom(3),
    clock: () => 1_700_000_000_000,
    into,
  })
}

const lostAt =
  (condition: (command: { ins: number; p1: number }) => boolean): NonNullable<TestChipOptions['quirk']> =>
  (command) => {
    if (condition(command)) throw new TransportError('LINK_LOST', 'the card is gone')
    return undefined
  }

describe('a second card', () => {
  it('answers for itself when nothing of the first can be compared', async () => {
    const into = createPartialReading()
    const { SOD: _refused, ...others } = cards
    const first = chipWith({ files: others, quirk: lostAt(({ ins, p1 }) => ins === 0xb0 && p1 === 0x81) })
    await expect(read(first, into, '0102030405060708')).rejects.toMatchObject({ code: 'LINK_LOST' })
    expect(into.activeAuthentication?.response).toBeDefined()
    const reading = await read(chipWith(), into, '1112131415161718')
    expect(reading.activeAuthentication?.challenge).toEqual(decodeHex('1112131415161718'))
    expect(reading.fileStatus.SOD).toEqual({ status: 'read' })
  })

  it('is not taken for the first because one byte is the same', async () => {
    const into = createPartialReading()
    await expect(read(chipWith({ quirk: lostAt(({ ins }) => ins === 0x88) }), into, '0102030405060708')).rejects.toThrow()
    const SOD = encodeTlv(
      0x77,
      Uint8Array.from({ length: 1_900 }, (_, at) => at & 0xff),
    )
    const start = (cards.SOD?.length ?? 0) - 223
    // It gives a single byte from where the last block is to begin, and that one fits.
    const drip = ({ ins, p1, p2 }: { ins: number; p1: number; p2: number }) =>
      ins === 0xb0 && (p1 << 8) + p2 === start ? { data: Uint8Array.of(7), sw: 0x9000 } : undefined
    await expect(read(chipWith({ files: { ...cards, SOD }, quirk: drip }), into, '0102030405060708')).rejects.toMatchObject({
      code: 'DIFFERENT_CARD',
    })
  })
})
