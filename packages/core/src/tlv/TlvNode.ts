import { CoreError } from '../errors/CoreError.js'

/** How strictly bytes are read: BER as chips write it, or DER (X.690 clause 10). */
export type TlvRules = 'ber' | 'der'

/** The largest element accepted unless a caller says otherwise. */
export const defaultMaxLength = 16 * 1024 * 1024
/** Elements nested deeper than this are refused. */
export const maxDepth = 64
/** Indefinite lengths nested deeper than this are refused: each is found by walking through everything inside. CMS has six. */
const maxIndefiniteDepth = 16
/** Elements inside one that are listed: a megabyte of empty ones would make fifty of objects. */
const maxChildren = 262_144

/**
 * One element of BER-TLV: positions into the original bytes, nothing copied, nothing decoded.
 * `tag` is the tag as its bytes read (0x30, 0x7f49, 0x5f1f), up to three bytes.
 */
export class TlvNode {
  readonly source: Uint8Array
  readonly tag: number
  readonly start: number
  readonly valueStart: number
  readonly valueEnd: number
  readonly end: number
  readonly rules: TlvRules
  readonly depth: number

  constructor(
    source: Uint8Array,
    tag: number,
    start: number,
    valueStart: number,
    valueEnd: number,
    end: number,
    rules: TlvRules,
    depth: number,
  ) {
    this.source = source
    this.tag = tag
    this.start = start
    this.valueStart = valueStart
    this.valueEnd = valueEnd
    this.end = end
    this.rules = rules
    this.depth = depth
  }

  /** The element as it stands in the source, tag and length included. */
  get raw(): Uint8Array {
    return this.source.subarray(this.start, this.end)
  }

  /** The value bytes. Of an indefinite-length element: without the end-of-contents octets. */
  get value(): Uint8Array {
    return this.source.subarray(this.valueStart, this.valueEnd)
  }

  get length(): number {
    return this.valueEnd - this.valueStart
  }

  get constructed(): boolean {
    const first = this.source[this.start] as number
    return (first & 0x20) !== 0
  }

  /** The elements inside. @throws CoreError when they do not fill the value exactly; `TLV_TOO_LARGE` when there are more than 262,144 */
  children(): TlvNode[] {
    const out: TlvNode[] = []
    let at = this.valueStart
    while (at < this.valueEnd) {
      const child = readTlvAt(this.source, at, this.valueEnd, this.rules, this.depth + 1)
      if (out.push(child) > maxChildren)
        throw new CoreError('TLV_TOO_LARGE', 'element holds too many others', { params: { offset: this.start } })
      at = child.end
    }
    return out
  }
}

/** Reads one element at an offset. Foreign lengths are compared with what is there before anything is done with them. */
export function readTlvAt(source: Uint8Array, offset: number, limit: number, rules: TlvRules, depth: number): TlvNode {
  if (depth > maxDepth) throw new CoreError('TLV_TOO_DEEP', 'elements are nested too deep', { params: { offset } })
  const tagByte = source[offset] as number
  const lengthByte = source[offset + 1] as number
  // The usual case, one byte each. What is not that is read or refused below.
  if (tagByte !== 0 && (tagByte & 0x1f) !== 0x1f && lengthByte < 0x80 && lengthByte <= limit - offset - 2)
    return new TlvNode(source, tagByte, offset, offset + 2, offset + 2 + lengthByte, offset + 2 + lengthByte, rules, depth)
  let at = offset
  const next = (): number => {
    if (at >= limit) throw new CoreError('TLV_TRUNCATED', 'element ends before its header does', { params: { offset } })
    return source[at++] as number
  }
  const first = next()
  let tag = first
  if ((first & 0x1f) === 0x1f) {
    let low: number
    let count = 0
    do {
      low = next()
      if (++count > 2) throw new CoreError('TLV_BAD_TAG', 'tag is longer than three bytes', { params: { offset } })
      if (count === 1 && low === 0x80 && rules === 'der')
        throw new CoreError('TLV_BAD_TAG', 'tag number is not minimal', { params: { offset } })
      tag = tag * 256 + low
    } while ((low & 0x80) !== 0)
    if (rules === 'der' && count === 1 && low < 0x1f)
      throw new CoreError('TLV_BAD_TAG', 'tag number is not minimal', { params: { offset } })
  } else if (first === 0) throw new CoreError('TLV_BAD_TAG', 'tag 00 is reserved', { params: { offset } })
  let length = next()
  if (length === 0x80) return readIndefinite(source, tag, offset, at, limit, rules, depth)
  if (length > 0x80) {
    const count = length & 0x7f
    if (count > 4) throw new CoreError('TLV_BAD_LENGTH', 'length field is longer than four bytes', { params: { offset } })
    length = 0
    for (let i = 0; i < count; i++) {
      const byte = next()
      if (i === 0 && byte === 0 && rules === 'der')
        throw new CoreError('TLV_BAD_LENGTH', 'length is not minimal', { params: { offset } })
      length = length * 256 + byte
    }
    if (rules === 'der' && length < 0x80) throw new CoreError('TLV_BAD_LENGTH', 'length is not minimal', { params: { offset } })
  }
  if (length > limit - at)
    throw new CoreError('TLV_TRUNCATED', 'element is longer than what holds it', { params: { offset, length } })
  return new TlvNode(source, tag, offset, at, at + length, at + length, rules, depth)
}

function readIndefinite(
  source: Uint8Array,
  tag: number,
  offset: number,
  start: number,
  limit: number,
  rules: TlvRules,
  depth: number,
): TlvNode {
  if (rules === 'der') throw new CoreError('TLV_BAD_LENGTH', 'indefinite length is not DER', { params: { offset } })
  const first = source[offset] as number
  if (depth > maxIndefiniteDepth)
    throw new CoreError('TLV_TOO_DEEP', 'indefinite lengths are nested too deep', { params: { offset } })
  if ((first & 0x20) === 0)
    throw new CoreError('TLV_BAD_LENGTH', 'indefinite length of a primitive element', { params: { offset } })
  let at = start
  for (let count = 0; ; count++) {
    if (count > maxChildren) throw new CoreError('TLV_TOO_LARGE', 'element holds too many others', { params: { offset } })
    if (at + 2 > limit) throw new CoreError('TLV_TRUNCATED', 'end-of-contents is missing', { params: { offset } })
    if (source[at] === 0 && source[at + 1] === 0) return new TlvNode(source, tag, offset, start, at, at + 2, rules, depth)
    at = readTlvAt(source, at, limit, rules, depth + 1).end
  }
}
