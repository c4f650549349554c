import { isCccdError } from '@cccd/core'
import {
  accessFromCan,
  accessFromMrz,
  blockLength,
  type ChipReading,
  createPartialReading,
  type FileName,
  type PartialReading,
  type ReadChipOptions,
  readChip,
} from '@cccd/emrtd'
import { type CardChannel, extendedLimits, type Fault, type FaultPlan, faulty, shortLimits } from '@cccd/iso7816'
import { type CardImage, createIssuer, personalise, seededRandom, syntheticCitizen, virtualCard } from '@cccd/simulator'
import { expect } from 'vitest'

const planned = ['SOD', 'DG14', 'DG15', 'DG1', 'DG13', 'DG2'] as const
const challenge = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1)

/** A way to read a card whole, with Chip and Active Authentication, and what it costs. */
export interface Route {
  readonly name: string
  readonly protocol: 'PACE' | 'BAC'
  readonly extended: boolean
}

export const routes: readonly Route[] = [
  { name: 'PACE, short length', protocol: 'PACE', extended: false },
  { name: 'PACE, extended length', protocol: 'PACE', extended: true },
  { name: 'BAC, short length', protocol: 'BAC', extended: false },
  { name: 'BAC, extended length', protocol: 'BAC', extended: true },
]

/** A card of each kind, and another person's. */
export async function makeCards(): Promise<Record<Route['protocol'], readonly [CardImage, CardImage]>> {
  const issuer = await createIssuer({ random: seededRandom('broken issuer'), at: '2026-01-01T00:00:00Z' })
  const made = (person: number, pace: 'PACE' | 'BAC'): Promise<CardImage> =>
    personalise(issuer, syntheticCitizen(person), {
      random: seededRandom(`broken ${person}`),
      aa: 'rsa-2048',
      ...(pace === 'BAC' ? { pace: [] } : {}),
    })
  return {
    PACE: [await made(5, 'PACE'), await made(6, 'PACE')],
    BAC: [await made(5, 'BAC'), await made(6, 'BAC')],
  }
}

/** A channel to a card that counts what reaches it. */
export interface Tap extends CardChannel {
  readonly count: number
}

export function tap(card: CardImage, route: Route, plans: readonly FaultPlan[] = []): Tap {
  const limits = route.extended ? extendedLimits : shortLimits
  const quirks = { 'vn-cardaccess-6982': route.protocol === 'BAC' }
  const chip = faulty(virtualCard(card, { limits, quirks, random: seededRandom('chip') }), plans)
  let count = 0
  return {
    ...chip,
    get count() {
      return count
    },
    transmit(command, options) {
      count++
      return chip.transmit(command, options)
    },
  }
}

export function read(
  channel: CardChannel,
  card: CardImage,
  route: Route,
  options: Partial<ReadChipOptions> = {},
): Promise<ChipReading> {
  return readChip(channel, {
    access: route.protocol === 'BAC' ? accessFromMrz(card.mrz) : accessFromCan(card.can),
    allowBac: route.protocol === 'BAC',
    files: planned,
    activeAuthentication: { challenge },
    ...options,
  })
}

export function expectWhole(reading: ChipReading, card: CardImage): void {
  for (const name of planned) expect([name, reading.files[name]]).toEqual([name, card.files[name]])
  expect(reading.chipAuthentication?.status).toBe('performed')
  expect(reading.activeAuthentication).toMatchObject({ challenge, sw: 0x9000 })
}

/**
 * The fewest APDUs that read a card to its end when this much is there: opening it, the last block of the SOD (SELECT, READ BINARY), Chip
 * Authentication, the missing bytes in the largest blocks (a SELECT where a file was begun), Active Authentication unless answered.
 */
export function fewest(card: CardImage, { protocol, extended }: Route, kept: PartialReading = createPartialReading()): number {
  const block = (cipher: '3DES' | 'AES-128'): number => blockLength(extended ? 65_536 : 256, cipher)
  const opened = block(protocol === 'BAC' ? '3DES' : 'AES-128')
  // EF.CardAccess in one and five of PACE; or three that find none, PACE refused, GET CHALLENGE, EXTERNAL AUTHENTICATE. SELECT in both.
  const opening = protocol === 'BAC' ? 3 + 1 + 2 + 1 : 1 + 5 + 1
  const known = isWhole(card, kept, 'SOD')
  let count = opening + (known ? 2 : 0) + 2
  let afterwards = 0
  for (const name of planned) {
    const length = card.files[name]?.length ?? 0
    const received = known ? (kept.files[name]?.received ?? 0) : 0
    const blocks = Math.ceil((length - received) / (name === 'SOD' || name === 'DG14' ? opened : block('AES-128')))
    const cost = blocks + (received > 0 && received < length ? 1 : 0)
    count += cost
    if (name !== 'SOD' && name !== 'DG14') afterwards += cost
  }
  const signs = !known || kept.activeAuthentication?.response === undefined
  if (signs) count += extended ? 1 : 2
  // Where nothing is left that proves the keys of Chip Authentication: one byte of the SOD.
  return count + (afterwards === 0 && !signs ? 1 : 0)
}

function isWhole(card: CardImage, { files }: PartialReading, name: FileName): boolean {
  return files[name]?.received === card.files[name]?.length
}

/** The card leaves at an APDU and comes back; then another card comes instead. */
export async function loseTag(at: number, route: Route, [card, other]: readonly [CardImage, CardImage]): Promise<void> {
  const into = createPartialReading()
  const lost = read(tap(card, route, [{ at, fault: { type: 'link-lost' } }]), card, route, { into })
  await expect(lost).rejects.toMatchObject({ code: 'LINK_LOST', retryable: true })

  const strange = structuredClone(into)
  const known = isWhole(card, into, 'SOD')
  const foreign = read(tap(other, route), other, route, { into: strange })
  if (known) await expect(foreign).rejects.toMatchObject({ code: 'DIFFERENT_CARD' })
  else expectWhole(await foreign, other)

  const least = fewest(card, route, into)
  const second = tap(card, route)
  expectWhole(await read(second, card, route, { into }), card)
  expect([at, second.count]).toEqual([at, least])
}

/** The caller cancels while the chip answers, which it does all the same. */
export async function abortAt(at: number, route: Route, card: CardImage): Promise<void> {
  const controller = new AbortController()
  const into = createPartialReading()
  const chip = tap(card, route)
  const channel: CardChannel = {
    ...chip,
    transmit(command, options) {
      if (chip.count === at) controller.abort()
      return chip.transmit(command, options)
    },
  }
  const cancelled = read(channel, card, route, { into, signal: controller.signal })
  await expect(cancelled).rejects.toMatchObject({ code: 'TRANSPORT_ABORTED', retryable: false })
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(chip.count).toBe(at + 1)
  // Given up in the middle of an exchange: this channel takes no protocol any more, a new one goes on.
  await expect(read(channel, card, route)).rejects.toMatchObject({ code: 'TRANSPORT_CLOSED', retryable: true })
  expect(chip.count).toBe(at + 1)
  expectWhole(await read(tap(card, route), card, route, { into }), card)
}

/** What goes wrong with one answer. */
export const faults: Readonly<Record<string, Fault>> = {
  silence: { type: 'silence' },
  'a corrupt byte in front': { type: 'corrupt', offset: 4 },
  'a corrupt byte of the MAC': { type: 'corrupt', offset: -4 },
  'a corrupt status word': { type: 'corrupt', offset: -1 },
  'the previous answer again': { type: 'duplicate' },
  'one byte': { type: 'answer', response: Uint8Array.of(0x90) },
  'success and nothing else': { type: 'answer', response: Uint8Array.of(0x90, 0x00) },
  'a refusal without protection': { type: 'answer', response: Uint8Array.of(0x69, 0x88) },
  'wrong length without protection': { type: 'answer', response: Uint8Array.of(0x67, 0x00) },
}

/** Whatever goes wrong with one answer: a coded error or a reading whose every file is the card's, after a bounded number of APDUs. */
export async function breakAnswer(
  at: number,
  fault: Fault,
  route: Route,
  card: CardImage,
): Promise<'error' | 'whole' | 'in part'> {
  const chip = tap(card, route, [{ at, fault }])
  const outcome: unknown = await read(chip, card, route, fault.type === 'silence' ? { deadline: 150 } : {}).catch(
    (error: unknown) => error,
  )
  // A chip may fall back to short length, and be opened again.
  expect(chip.count).toBeLessThan(2 * fewest(card, { ...route, extended: false }))
  if (outcome instanceof Error) {
    expect([at, isCccdError(outcome) ? 'coded' : outcome]).toEqual([at, 'coded'])
    return 'error'
  }
  const { files } = outcome as ChipReading
  // EF.CardAccess travels unprotected: what is wrong with it shows beside DG14, in verification.
  for (const name of planned) if (files[name] !== undefined) expect([at, files[name]]).toEqual([at, card.files[name]])
  return planned.every((name) => files[name] !== undefined) ? 'whole' : 'in part'
}

/** The caller cancels between two APDUs, when a file has just been read: the channel goes on as if nothing had been. */
export async function abortBetween(route: Route, card: CardImage): Promise<void> {
  const controller = new AbortController()
  const into = createPartialReading()
  const channel = tap(card, route)
  const cancelled = read(channel, card, route, {
    into,
    signal: controller.signal,
    onProgress: ({ file, bytesRead, bytesTotal }) => {
      if (file === 'DG15' && bytesRead !== undefined && bytesRead === bytesTotal) controller.abort()
    },
  })
  await expect(cancelled).rejects.toMatchObject({ code: 'TRANSPORT_ABORTED' })
  expectWhole(await read(channel, card, route, { into }), card)
}
