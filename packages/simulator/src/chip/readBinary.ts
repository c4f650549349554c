import { bytesToBigInt, encodeTlv, parseTlv } from '@cccd/core'
import type { CommandApdu, ResponseApdu } from '@cccd/iso7816'
import type { Asked } from './ChipFiles.js'
import type { ChipTraits } from './ChipTraits.js'
import { StatusError } from './StatusError.js'

export interface ReadContext {
  /** The file that was selected. */
  readonly current: Uint8Array | undefined
  /** Selects a file. */
  readonly select: (asked: Asked) => Uint8Array
  /** The most bytes that fit into the answer. */
  readonly capacity: number
  readonly traits: ChipTraits
}

/** How many bytes the answer may have when `asked` were asked for, `most` of them meaning "all there are". */
function allowed(asked: number, most: number, { capacity, traits }: ReadContext): number {
  const { maxRead, overlongRead } = traits
  if (asked === most) return Math.min(asked, capacity, maxRead)
  if (asked > maxRead && overlongRead !== 'shortened') {
    // 6CXX has one byte for the length.
    if (overlongRead === '6CXX' && maxRead < 256) throw new StatusError(0x6c00 | maxRead)
    throw new StatusError(0x6700, overlongRead === 'channel-lost')
  }
  if (asked > capacity) throw new StatusError(0x6700)
  return Math.min(asked, maxRead)
}

/** A reader that named a number is told that the file ended before it; one that asked for all there is, is not. */
function status(wanted: number, got: number, asked: { readonly all: boolean }, { traits }: ReadContext): number {
  if (got >= wanted || asked.all || traits.endOfFile === '9000') return 0x9000
  if (traits.endOfFile === '6B00') throw new StatusError(0x6b00)
  return 0x6282
}

/**
 * READ BINARY (ISO/IEC 7816-4, 11.3): B0 with an offset of 15 bits or a short file identifier, B1 with the offset in DO 54 and the
 * data in DO 53, for what lies past 32 kB.
 */
export function readBinary(command: CommandApdu, context: ReadContext): ResponseApdu {
  const { ins, p1, p2, le } = command
  if (le === undefined) throw new StatusError(0x6700)
  const most = le > 0x100 ? 0x10000 : 0x100
  if (ins === 0xb0) {
    const file = (p1 & 0x80) === 0 ? context.current : context.select({ sfi: p1 & 0x1f })
    if (file === undefined) throw new StatusError(0x6986)
    const offset = (p1 & 0x80) === 0 ? (p1 << 8) | p2 : p2
    const length = allowed(le, most, context)
    if (offset >= file.length) throw new StatusError(0x6b00)
    const data = file.slice(offset, offset + length)
    return { data, sw: status(length, data.length, { all: le === most }, context) }
  }
  const id = (p1 << 8) | p2
  const file = id === 0 ? context.current : context.select(id < 0x20 ? { sfi: id } : { fid: id, p1: 0x02 })
  if (file === undefined) throw new StatusError(0x6986)
  const offset = offsetObject(command.data)
  // DO 53 takes up to four bytes around the data, and Le counts them.
  const header = le > 0x100 ? 4 : le > 0x81 ? 3 : 2
  const room = allowed(le, most, context) - header
  if (room < 1) throw new StatusError(0x6700)
  if (offset >= file.length) throw new StatusError(0x6b00)
  const data = file.slice(offset, offset + room)
  return { data: encodeTlv(0x53, data), sw: status(room, data.length, { all: le === most }, context) }
}

function offsetObject(data: Uint8Array | undefined): number {
  try {
    const object = parseTlv(data ?? new Uint8Array(0), { tag: 0x54 })
    if (object.length < 1 || object.length > 4) throw new StatusError(0x6a80)
    return Number(bytesToBigInt(object.value))
  } catch {
    throw new StatusError(0x6a80)
  }
}
