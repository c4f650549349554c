import { bytesToBigInt, encodeTlv, parseTlv } from '@cccd/core'
import type { CommandApdu, ResponseApdu } from '@cccd/iso7816'
import { StatusError } from './StatusError.js'

export interface ReadContext {
  /** The file that was selected. */
  readonly current: Uint8Array | undefined
  /** Selects a file by identifier or short identifier. */
  readonly select: (id: number) => Uint8Array
  /** The most bytes that the answer may hold. */
  readonly capacity: number
}

/** Part of a file: as many bytes as asked for, as there are, and as fit. */
function slice(file: Uint8Array, offset: number, le: number, capacity: number, most: number): ResponseApdu {
  if (offset >= file.length) throw new StatusError(0x6b00)
  const wanted = le === most ? Math.min(le, capacity) : le
  if (wanted > capacity) throw new StatusError(0x6700)
  const data = file.slice(offset, offset + wanted)
  // A reader that named a number is told that the file ended before it; one that asked for all there is, is not.
  return { data, sw: le !== most && data.length < le ? 0x6282 : 0x9000 }
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
    const file = (p1 & 0x80) === 0 ? context.current : context.select(p1 & 0x1f)
    if (file === undefined) throw new StatusError(0x6986)
    const offset = (p1 & 0x80) === 0 ? (p1 << 8) | p2 : p2
    return slice(file, offset, le, context.capacity, most)
  }
  const id = (p1 << 8) | p2
  const file = id === 0 ? context.current : context.select(id)
  if (file === undefined) throw new StatusError(0x6986)
  const offset = offsetObject(command.data)
  // DO 53 takes up to four bytes around the data, and Le counts them.
  const header = le > 0x100 ? 4 : le > 0x81 ? 3 : 2
  const room = Math.min(context.capacity, le) - header
  if (room < 1) throw new StatusError(0x6700)
  if (le !== most && le > context.capacity) throw new StatusError(0x6700)
  if (offset >= file.length) throw new StatusError(0x6b00)
  const data = file.slice(offset, offset + room)
  return { data: encodeTlv(0x53, data), sw: le !== most && data.length < room ? 0x6282 : 0x9000 }
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
