import { concatBytes, encodeTlv, parseTlv } from '@cccd/core'
import type { CardChannel, ResponseApdu } from '@cccd/iso7816'
import { EmrtdError } from '../errors.js'
import { blockLength } from './blockLength.js'
import { type ChipSession, exchange } from './ChipSession.js'

const step = 'read-binary'
/** B0 has fifteen bits for the offset; beyond, the odd INS names it in its data (Doc 9303-10, 3.6.3.2). */
const largestShortOffset = 0x7fff
const smallerBlocks = [192, 160, 128, 96, 64, 32]
/** What chips with extended length carry that do not say how much: tried before extended length is given up. */
const modestAnswer = 2048
/** Data bytes of the longest answer to a short Le and to an extended one. */
export const shortAnswer = 256
export const longestAnswer = 65_536

/** Data bytes of the longest answer that a reader carries: two of what it says are the status word. */
export function carriedAnswer({ limits }: CardChannel): number {
  return Math.min(limits.maxResponseLength - 2, longestAnswer)
}

/** Data bytes of the longest answer that chip and reader carry. */
export function answerCapacity({ channel, limits }: ChipSession): number {
  const said = limits.refusesExtended === true ? shortAnswer : (limits.answerLength ?? shortAnswer)
  return Math.min(said, carriedAnswer(channel))
}

/** The most plain bytes that one READ BINARY brings now. */
export function currentBlock(session: ChipSession): number {
  const { secure, limits } = session
  const capacity = answerCapacity(session)
  const fits = Math.max(secure === undefined ? capacity : blockLength(capacity, secure.cipher), 1)
  return Math.min(fits, limits.largestBlock ?? fits)
}

/** The most bytes of a file that one READ BINARY brings from an offset: DO 53 around the answer of the odd one costs some. */
export function blockAt(session: ChipSession, offset: number): number {
  const block = currentBlock(session)
  if (offset <= largestShortOffset) return block
  return Math.max(block - (block <= 129 ? 2 : block <= 258 ? 3 : 4), 1)
}

/** Tag 53 and the length field of so many bytes. */
function discretionaryHeader(length: number): number {
  return length <= 0x7f ? 2 : length <= 0xff ? 3 : 4
}

/** The first bytes of a file by short file identifier, which also selects it (ISO/IEC 7816-4, 11.3.3). */
export function readByShortIdentifier(session: ChipSession, sfi: number, length: number): Promise<ResponseApdu> {
  return exchange(session, step, { cla: 0, ins: 0xb0, p1: 0x80 | sfi, p2: 0, le: length })
}

/** Bytes of the selected file. The answer may be shorter than asked for. */
export async function readAtOffset(session: ChipSession, offset: number, length: number): Promise<ResponseApdu> {
  if (offset <= largestShortOffset)
    return exchange(session, step, { cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le: length })
  const data = encodeTlv(0x54, offsetBytes(offset))
  const response = await exchange(session, step, {
    cla: 0,
    ins: 0xb1,
    p1: 0,
    p2: 0,
    data,
    le: length + discretionaryHeader(length),
  })
  return response.data.length === 0 ? response : { sw: response.sw, data: discretionaryData(response) }
}

function offsetBytes(offset: number): Uint8Array {
  const low = Uint8Array.of((offset >> 8) & 0xff, offset & 0xff)
  return offset > 0xffff ? concatBytes(Uint8Array.of(offset >> 16), low) : low
}

function discretionaryData({ data, sw }: ResponseApdu): Uint8Array {
  try {
    return parseTlv(data, { tag: 0x53, maxLength: 70_000 }).value
  } catch (cause) {
    throw new EmrtdError('EMRTD_FILE_LENGTH', 'the answer to the odd READ BINARY holds no DO 53', { step, sw, cause })
  }
}

/** Whether a status word comes with data: 9000, and 6282 at the end of a file. */
export function hasData({ sw, data }: ResponseApdu): boolean {
  return data.length > 0 && (sw === 0x9000 || sw === 0x6282)
}

/** Whether a refusal means "so many bytes, or from there, I do not give". */
export function isLengthRefusal(sw: number): boolean {
  return sw === 0x6700 || sw === 0x6b00 || sw === 0x6282 || sw >> 8 === 0x6c
}

/** The length that 6Cxx names; 0 for none. */
export function namedLength(sw: number): number {
  return sw >> 8 === 0x6c ? sw & 0xff : 0
}

/**
 * Takes a refusal of a length as a limit of the chip: first extended length shrinks and goes, then the block shrinks.
 * @returns false when nothing smaller is left to try
 */
export function shrinkBlock(session: ChipSession, sw: number, asked: number): boolean {
  const { limits } = session
  const capacity = answerCapacity(session)
  if (capacity > modestAnswer && asked > modestAnswer) {
    limits.answerLength = modestAnswer
    return true
  }
  if (capacity > shortAnswer) return refuseExtended(session)
  const current = currentBlock(session)
  const named = namedLength(sw)
  const next = named > 0 && named < current ? named : smallerBlocks.find((length) => length < current)
  if (next === undefined) return false
  limits.largestBlock = next
  return true
}

/**
 * What a block was that cost the protected channel: extended length, the end of the file where as much came whole before, or too long.
 * @returns false when nothing smaller is left to try
 */
export function learnFromLoss(session: ChipSession, sw: number): boolean {
  const { limits } = session
  if (session.provenBlock >= currentBlock(session) && limits.headerFirst !== true) {
    limits.headerFirst = true
    return true
  }
  return answerCapacity(session) > shortAnswer ? refuseExtended(session) : shrinkBlock(session, sw, 0)
}

function refuseExtended({ limits }: ChipSession): true {
  limits.refusesExtended = true
  return true
}
