import { decodeHex, encodeOid, encodeTlv, isCccdError } from '@cccd/core'
import type { CryptoPort } from '@cccd/crypto'
import { accessFromCan, type ChipReading, type FileName, type ReadChipOptions, readChip } from '@cccd/emrtd'
import { backends, countingRandom } from './support.js'
import { cardAccessOf, TestChip, type TestChipOptions } from './TestChip.js'

export type Quirk = NonNullable<TestChipOptions['quirk']>

export const crypto: CryptoPort = (backends[1] as (typeof backends)[number])[1]
export const paceOid = '0.4.0.127.0.7.2.2.4.2.2'
export const access = accessFromCan('500540')

export function fileOf(tag: number, length: number): Uint8Array {
  return encodeTlv(
    tag,
    Uint8Array.from({ length }, (_, at) => (at * 31 + tag) & 0xff),
  )
}

/** DG14 with one chip authentication key; SubjectPublicKeyInfo on brainpoolP256r1, named. */
export async function dg14For(scalar: Uint8Array, cipherArc: number): Promise<Uint8Array> {
  const point = await crypto.curve('brainpoolP256r1').publicKey(scalar)
  const algorithm = encodeTlv(
    0x30,
    encodeTlv(0x06, encodeOid('1.2.840.10045.2.1')),
    encodeTlv(0x06, encodeOid('1.3.36.3.3.2.8.1.1.7')),
  )
  const spki = encodeTlv(0x30, algorithm, encodeTlv(0x03, Uint8Array.of(0), point))
  const key = encodeTlv(0x30, encodeTlv(0x06, encodeOid('0.4.0.127.0.7.2.2.1.2')), spki)
  const info = encodeTlv(0x30, encodeTlv(0x06, encodeOid(`0.4.0.127.0.7.2.2.3.2.${cipherArc}`)), decodeHex('020101'))
  return encodeTlv(0x6e, encodeTlv(0x31, key, info))
}

export const chipScalar = decodeHex('107cf58696ef6155053340fd633392ba81909df7b9706f226f32086c7aff974a')

async function cardFiles(): Promise<Partial<Record<FileName, Uint8Array>>> {
  return {
    CardAccess: cardAccessOf(paceOid, 13),
    SOD: fileOf(0x77, 1_900),
    COM: fileOf(0x60, 22),
    DG1: fileOf(0x61, 93),
    DG2: fileOf(0x75, 15_079),
    DG13: fileOf(0x6d, 415),
    DG14: await dg14For(chipScalar, 2),
    DG15: fileOf(0x6f, 220),
  }
}

/** The files of a card whose SOD and data groups are counted bytes. */
export const cards = await cardFiles()
export const chipKey = { curve: 'brainpoolP256r1', scalar: chipScalar, cipher: 'AES-128' } as const

export function chipWith(options: Partial<TestChipOptions> = {}): TestChip {
  return new TestChip({ crypto, files: cards, chipKey, ...options })
}

export function read(chip: TestChip, options: Partial<ReadChipOptions> = {}): Promise<ChipReading> {
  return readChip(chip, { access, crypto, random: countingRandom(3), clock: () => 1_700_000_000_000, ...options })
}

export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (isCccdError(error)) return error.code
    throw error
  }
  return 'none'
}

export const everything = ['DG1', 'DG2', 'DG13', 'DG14', 'DG15'] as const
export const challenge = decodeHex('0102030405060708')

/** The minimum: what the bench counts: blocks of every file, EF.CardAccess, PACE, SELECT, Chip and Active Authentication. */
export function minimum(block: number): number {
  const lengths = ['SOD', ...everything].map((name) => cards[name as FileName]?.length ?? 0)
  return lengths.reduce((sum, length) => sum + Math.ceil(length / block), 0) + 1 + 5 + 1 + 2 + 1
}
