import { CccdError, parseTlv } from '@cccd/core'
import { type FileName, fileNames, files as fileTable } from '@cccd/emrtd'
import type { CommandApdu, ResponseApdu } from '@cccd/iso7816'
import { scrubRefused } from './scrubRefused.js'

/** A file by its name; `EF.ATR`, `EF.DIR`, or an identifier that has no name, with the application before it. */
export type TracedName = FileName | (string & {})

/** What one READ BINARY brought: which file, from where, and how many bytes stand around the content in the answer. */
export interface ReadSpan {
  readonly file: TracedName
  readonly offset: number
  /** Bytes of DO 53 before the content. */
  readonly header: number
}

/** A file as far as it was read. */
export interface TracedFile {
  readonly bytes: Uint8Array
  /** Whether every byte that tag and length announce was read. */
  readonly complete: boolean
  /** Bytes that the file has by tag and length; what was read beyond is padding of the chip. */
  readonly length: number
}

interface Piece {
  readonly offset: number
  readonly data: Uint8Array
}

const largestFile = 16 * 1_048_576
const masterNames: Readonly<Record<number, string>> = { 12033: 'EF.ATR', 12032: 'EF.DIR' }

/** Follows selections and reads, and puts the files together that a reader saw. */
export class TracedFiles {
  readonly #pieces = new Map<TracedName, Piece[]>()
  #application: 'master' | 'lds1' = 'master'
  #current: TracedName | undefined

  /** Notes a plain command and its answer. For a read that brought data: of what. */
  note(command: CommandApdu, response: ResponseApdu): ReadSpan | undefined {
    if (command.ins === 0xa4) this.#select(command, response)
    if (command.ins !== 0xb0 && command.ins !== 0xb1) return undefined
    const span = this.#spanOf(command, response)
    if (span === undefined || response.data.length === span.header) return undefined
    const data = response.data.subarray(span.header)
    if (span.offset + data.length > largestFile) throw scrubRefused('structure')
    const pieces = this.#pieces.get(span.file) ?? []
    pieces.push({ offset: span.offset, data })
    this.#pieces.set(span.file, pieces)
    return span
  }

  /** The files so far. */
  all(): ReadonlyMap<TracedName, TracedFile> {
    return new Map([...this.#pieces].map(([name, pieces]) => [name, assemble(pieces)]))
  }

  /** One file, when all of it was read. */
  whole(name: FileName): Uint8Array | undefined {
    const pieces = this.#pieces.get(name)
    const file = pieces === undefined ? undefined : assemble(pieces)
    return file?.complete === true ? file.bytes.slice(0, file.length) : undefined
  }

  #select({ p1, data = new Uint8Array(0) }: CommandApdu, { sw }: ResponseApdu): void {
    const identifier = data.length === 2 ? ((data[0] as number) << 8) | (data[1] as number) : undefined
    if (p1 === 0x00 && (identifier === undefined || identifier === 0x3f00)) this.#application = 'master'
    else if (p1 === 0x04 && sw === 0x9000) this.#application = 'lds1'
    this.#current = identifier === undefined || sw !== 0x9000 ? undefined : this.#nameOf(identifier)
  }

  #spanOf(command: CommandApdu, { data }: ResponseApdu): ReadSpan | undefined {
    const { ins, p1, p2 } = command
    const byShort = ins === 0xb0 && (p1 & 0x80) !== 0
    const identifier = byShort ? p1 & 0x1f : ins === 0xb1 ? (p1 << 8) | p2 : 0
    if (identifier !== 0 && data.length > 0) this.#current = this.#nameOf(identifier)
    const file = this.#current
    if (file === undefined) return undefined
    if (ins === 0xb0) return { file, offset: byShort ? p2 : (p1 << 8) | p2, header: 0 }
    const offset = objectIn(command.data, 0x54)
    const content = data.length === 0 ? data : objectIn(data, 0x53)
    if (offset === undefined || offset.length > 4 || content === undefined) return undefined
    return { file, offset: offset.reduce((sum, byte) => sum * 256 + byte, 0), header: data.length - content.length }
  }

  #nameOf(identifier: number): TracedName {
    const application = this.#application
    const isShort = identifier < 0x20
    const known = fileNames.find((name) => {
      const entry = fileTable[name]
      return entry.application === application && (isShort ? entry.sfi : entry.fid) === identifier
    })
    if (known !== undefined) return known
    const master = application === 'master' ? ({ 1: 0x2f01, 30: 0x2f00 }[identifier] ?? identifier) : identifier
    return masterNames[master] ?? `${application} ${master.toString(16).toUpperCase().padStart(4, '0')}`
  }
}

function assemble(pieces: readonly Piece[]): TracedFile {
  const end = pieces.reduce((most, { offset, data }) => Math.max(most, offset + data.length), 0)
  const bytes = new Uint8Array(end)
  for (const { offset, data } of pieces) bytes.set(data, offset)
  const covered = contiguous(pieces)
  const announced = announcedLength(bytes.subarray(0, covered))
  return { bytes, complete: announced !== undefined && announced <= covered, length: Math.min(announced ?? end, end) }
}

/** How many bytes from the start were read without a gap. */
function contiguous(pieces: readonly Piece[]): number {
  let covered = 0
  for (const { offset, data } of [...pieces].sort((a, b) => a.offset - b.offset))
    if (offset <= covered) covered = Math.max(covered, offset + data.length)
  return covered
}

/** Tag, length field and value of the element that begins a file; undefined where it cannot be told. */
export function announcedLength(head: Uint8Array): number | undefined {
  const [tag, first] = head
  if (tag === undefined || first === undefined || tag === 0) return undefined
  const start = (tag & 0x1f) === 0x1f ? 2 : 1
  const lead = head[start]
  if (lead === undefined) return undefined
  if (lead < 0x80) return start + 1 + lead
  const count = lead & 0x7f
  if (count === 0 || count > 4 || head.length < start + 1 + count) return undefined
  const length = head.subarray(start + 1, start + 1 + count).reduce((sum, byte) => sum * 256 + byte, 0)
  return start + 1 + count + length
}

function objectIn(data: Uint8Array | undefined, tag: number): Uint8Array | undefined {
  try {
    return parseTlv(data ?? new Uint8Array(0), { tag }).value
  } catch (error) {
    if (CccdError.is(error)) return undefined
    throw error
  }
}
