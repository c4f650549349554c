import { readTlvAt } from './TlvNode.js'

/**
 * A strict DER walk that allocates nothing: one object that is moved from element to element. For finding a few elements among
 * very many (the certificates of a master list); everything else reads better as `TlvNode`, whose rules it keeps.
 *
 * @example
 * const cursor = new DerCursor(bytes)
 * for (let at = start; at < end; at = cursor.end) if (cursor.enter(at, end).tag === 0x30) count++
 */
export class DerCursor {
  readonly source: Uint8Array
  /** Of the element it stands on. */
  tag = 0
  start = 0
  valueStart = 0
  end = 0

  constructor(source: Uint8Array) {
    this.source = source
  }

  /** Moves to the element at an offset, which must end at or before `limit`. @throws CoreError as `parseTlv` with DER rules */
  enter(offset: number, limit: number): this {
    const { source } = this
    const tag = source[offset] as number
    let length = source[offset + 1] as number
    let at = offset + 2
    // The usual case: one tag byte and a shortest length of up to three. What is not that, `readTlvAt` reads or refuses.
    let usual = at <= limit && tag !== 0 && (tag & 0x1f) !== 0x1f
    if (length === 0x81) {
      length = source[at++] as number
      usual &&= length >= 0x80
    } else if (length === 0x82) {
      length = ((source[at] as number) << 8) | (source[at + 1] as number)
      at += 2
      usual &&= length >= 0x100
    } else usual &&= length < 0x80
    if (usual && at + length <= limit) {
      this.tag = tag
      this.start = offset
      this.valueStart = at
      this.end = at + length
      return this
    }
    const node = readTlvAt(source, offset, limit, 'der', 0)
    this.tag = node.tag
    this.start = node.start
    this.valueStart = node.valueStart
    this.end = node.end
    return this
  }
}
