import { decodeHex } from '@cccd/core'
import { type ChipLimits, createPartialReading, type FileName, type ReadProgress } from '@cccd/emrtd'
import { extendedLimits, type ResponseApdu, TransportError } from '@cccd/iso7816'
import { describe, expect, it } from 'vitest'
import type { TestChip } from './TestChip.js'
import { cards, challenge, chipWith, codeOf, everything, fileOf, minimum, type Quirk, read } from './testCard.js'

const whole = { files: everything, activeAuthentication: { challenge } } as const
const refused = (sw: number): ResponseApdu => ({ data: new Uint8Array(0), sw })
/** The bytes that a READ BINARY of the application means; undefined for what is none. */
function partOf({ ins, p1, p2, le = 256 }: Parameters<Quirk>[0], chip: TestChip): { rest: number; le: number } | undefined {
  if (ins !== 0xb0 || chip.exchanges < 7) return undefined
  const name = p1 >= 0x80 ? names[p1 & 0x1f] : current.get(chip)
  if (name === undefined) return undefined
  current.set(chip, name)
  return { rest: (cards[name]?.length ?? 0) - (p1 >= 0x80 ? p2 : (p1 << 8) | p2), le }
}
const names: Partial<Record<number, FileName>> = { 29: 'SOD', 1: 'DG1', 2: 'DG2', 13: 'DG13', 14: 'DG14', 15: 'DG15' }
const current = new WeakMap<TestChip, FileName>()

const claimsExtended = { limits: extendedLimits, answerToReset: decodeHex('3b8580018073c02140f5') }

/** Chips that allow less, what the first read pays for finding out, and what they showed. */
const kinds: readonly [string, Quirk, Parameters<typeof chipWith>[0], number, ChipLimits][] = [
  [
    'at most 192 bytes, 6700',
    (command, chip) => ((partOf(command, chip)?.le ?? 0) > 192 ? refused(0x6700) : undefined),
    {},
    2,
    { largestBlock: 192 },
  ],
  [
    'at most 192 bytes, 6CC0',
    (command, chip) => ((partOf(command, chip)?.le ?? 0) > 192 ? refused(0x6cc0) : undefined),
    {},
    1,
    { largestBlock: 192 },
  ],
  [
    'nothing beyond the end, 6B00',
    (command, chip) => {
      const part = partOf(command, chip)
      return part !== undefined && part.le > part.rest ? refused(0x6b00) : undefined
    },
    {},
    1,
    { headerFirst: true },
  ],
  [
    'extended length up to 2,048, 6700 for more',
    (command, chip) => ((partOf(command, chip)?.le ?? 0) > 2_048 ? refused(0x6700) : undefined),
    claimsExtended,
    1,
    { answerLength: 2_048 },
  ],
  [
    'extended length claimed, not there',
    (command, chip) => ((partOf(command, chip)?.le ?? 0) > 256 ? refused(0x6700) : undefined),
    claimsExtended,
    2,
    { refusesExtended: true },
  ],
  [
    'extended length claimed, costs the channel',
    (command, chip) => {
      if ((command.le ?? 0) <= 256) return undefined
      chip.drop()
      return refused(0x6700)
    },
    claimsExtended,
    1 + 1 + 5 + 1,
    { refusesExtended: true },
  ],
]

describe('a chip that allows less', () => {
  it.each(kinds)('%s: learnt once, and not again by a chip of its kind', async (_name, quirk, options, cost, learnt) => {
    const first = chipWith({ ...options, quirk })
    const reading = await read(first, whole)
    for (const name of everything) expect(reading.files[name]).toEqual(cards[name])
    expect(reading.chipLimits).toMatchObject(learnt)
    const again = chipWith({ ...options, quirk })
    const second = await read(again, { ...whole, chipLimits: JSON.parse(JSON.stringify(reading.chipLimits)) })
    expect(second.files).toEqual(reading.files)
    expect(again.log.filter(({ sw }) => sw !== 0x9000)).toEqual([])
    expect(first.exchanges - again.exchanges).toBe(cost)
  })

  it('that minds the end of a file pays with one APDU for each short file', async () => {
    const [, quirk] = kinds[2] as (typeof kinds)[number]
    const chip = chipWith({ quirk })
    await read(chip, { ...whole, chipLimits: { headerFirst: true } })
    const shortFiles = ['DG1', 'DG14', 'DG15'] as const
    const rest = shortFiles.map((name) => (cards[name]?.length ?? 0) - 6)
    const asked = rest.reduce((sum, length) => sum + 1 + Math.ceil(length / 223), 0)
    const least = shortFiles.reduce((sum, name) => sum + Math.ceil((cards[name]?.length ?? 0) / 223), 0)
    expect(chip.exchanges).toBe(minimum(223) - least + asked)
  })

  it('a block of 192 costs what it must', async () => {
    const [, quirk] = kinds[0] as (typeof kinds)[number]
    const chip = chipWith({ quirk })
    await read(chip, { ...whole, chipLimits: { largestBlock: 192 } })
    expect(chip.exchanges).toBe(minimum(192))
  })

  it('is remembered by a partial reading', async () => {
    const [, quirk, options] = kinds[5] as (typeof kinds)[number]
    const into = createPartialReading()
    const first = chipWith({ ...options, quirk })
    const transmit = first.transmit.bind(first)
    first.transmit = async (command) => {
      if (first.exchanges === 40) throw new TransportError('LINK_LOST', 'the card is gone')
      return transmit(command)
    }
    expect(await codeOf(read(first, { ...whole, into }))).toBe('LINK_LOST')
    const second = chipWith({ ...options, quirk })
    expect((await read(second, { ...whole, into })).files.DG2).toEqual(cards.DG2)
    expect(second.log.filter(({ sw }) => sw !== 0x9000)).toEqual([])
  })

  it('a limit of another kind of chip costs time, never a byte', async () => {
    for (const chipLimits of [
      { answerLength: 65_536 },
      { shortFileIdentifiers: true, headerFirst: true, largestBlock: 20 },
      { shortFileIdentifiers: false, refusesExtended: true },
    ]) {
      const quirk: Quirk = (command, chip) => ((partOf(command, chip)?.le ?? 0) > 256 ? refused(0x6700) : undefined)
      const reading = await read(chipWith({ limits: extendedLimits, quirk }), { files: ['DG1', 'DG13'], chipLimits })
      for (const name of ['SOD', 'DG1', 'DG13'] as const) expect(reading.files[name]).toEqual(cards[name])
    }
    const noShortIdentifiers: Quirk = ({ ins, p1 }) => (ins === 0xb0 && p1 >= 0x80 ? refused(0x6a86) : undefined)
    const reading = await read(chipWith({ quirk: noShortIdentifiers }), { chipLimits: { shortFileIdentifiers: true } })
    expect(reading.files.DG2).toEqual(cards.DG2)
  })

  it('goes on with a partial reading that says nothing of limits', async () => {
    const quirk: Quirk = ({ ins, p1 }) => (ins === 0xb0 && p1 >= 0x80 ? refused(0x6a86) : undefined)
    const into = createPartialReading()
    const controller = new AbortController()
    const onProgress = ({ file, bytesRead = 0 }: ReadProgress): void => {
      if (file === 'DG13' && bytesRead > 200) controller.abort()
    }
    expect(await codeOf(read(chipWith({ quirk }), { ...whole, into, onProgress, signal: controller.signal }))).toBe(
      'TRANSPORT_ABORTED',
    )
    delete into.chipLimits
    const reading = await read(chipWith({ quirk }), { ...whole, into })
    for (const name of everything) expect(reading.files[name]).toEqual(cards[name])
  })

  it('limits that are none are refused', async () => {
    for (const chipLimits of [{ answerLength: 10 }, { largestBlock: 0 }, { largestBlock: 1.5 }, { answerLength: 70_000 }])
      await expect(read(chipWith(), { chipLimits })).rejects.toThrow(RangeError)
    const texts: object = { headerFirst: 'yes' }
    await expect(read(chipWith(), { chipLimits: texts })).rejects.toThrow(TypeError)
  })
})

describe('a reader that carries less than the chip', () => {
  it.each([
    ['short answers of 200 bytes', { maxCommandLength: 261, maxResponseLength: 200 }, 175],
    ['short commands, long answers', { maxCommandLength: 261, maxResponseLength: 65_538 }, 65_503],
    ['long commands, short answers', { maxCommandLength: 65_544, maxResponseLength: 258 }, 223],
    ['answers of 1,000 bytes', { maxCommandLength: 261, maxResponseLength: 1_000 }, 975],
  ])('%s', async (_name, limits, block) => {
    const chip = chipWith({ ...claimsExtended, limits })
    const reading = await read(chip, { files: everything })
    for (const name of everything) expect(reading.files[name]).toEqual(cards[name])
    // No Active Authentication.
    expect(chip.exchanges).toBe(minimum(block) - 1)
  })
})

describe('the answer of Active Authentication beyond a short block', () => {
  it('an extended Le that costs the channel: opened again, asked short', async () => {
    const quirk: Quirk = ({ ins, le = 0 }, chip) => {
      if (ins !== 0x88 || le <= 256) return undefined
      chip.drop()
      return refused(0x6700)
    }
    const rsa = encodeRsaDg15()
    const chip = chipWith({ limits: extendedLimits, files: { ...cards, DG15: rsa }, quirk })
    const reading = await read(chip, { files: [], activeAuthentication: { challenge } })
    expect(reading.activeAuthentication).toMatchObject({ sw: 0x9000, challenge })
    expect(reading.chipLimits).toMatchObject({ refusesExtended: true })
    expect(chip.log.filter(({ command }) => command.ins === 0x88)).toHaveLength(2)
  })
})

describe('files beyond 32 kB', () => {
  it.each([
    ['short', {}, 1],
    ['extended', claimsExtended, 0],
  ] as const)('%s length: the fewest blocks', async (_name, options, short) => {
    for (const size of [0x7fff, 0x8000, 66_000]) {
      const DG2 = fileOf(0x75, size - 4)
      const chip = chipWith({ files: { ...cards, DG2 }, ...options })
      const reading = await read(chip, { files: ['DG2'], chipAuthentication: 'never' })
      expect(reading.files.DG2).toEqual(DG2)
      const blocks = chip.log.filter(({ command, secure }) => secure && (command.ins & 0xfe) === 0xb0).length
      const sod = short === 1 ? Math.ceil(1_904 / 223) : 1
      const even = Math.ceil(Math.min(size, 0x8000) / 223)
      const odd = Math.ceil(Math.max(0, size - even * 223) / 220)
      expect(blocks - sod).toBe(short === 1 ? even + odd : Math.ceil(size / 65_503))
    }
  })
})

/** DG15 with an RSA key of 2048 bit. */
function encodeRsaDg15(): Uint8Array {
  const modulus = `00c5${'5a'.repeat(254)}01`
  const key = `3082010a02820101${modulus}0203010001`
  const info = `30820122300d06092a864886f70d01010105000382010f00${key}`
  return decodeHex(`6f820126${info}`)
}
