import { CoreError } from './errors/CoreError.js'

/** A bounded reader over bytes: every read checks the end first and allocates nothing (views only). */
export class ByteCursor {
  readonly #bytes: Uint8Array
  readonly end: number
  offset: number

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    if (offset < 0 || end > bytes.length || offset > end) throw new RangeError('offset and end must lie within bytes')
    this.#bytes = bytes
    this.offset = offset
    this.end = end
  }

  get remaining(): number {
    return this.end - this.offset
  }

  /** A view of the next `length` bytes. @throws CoreError `CURSOR_END` */
  take(length: number): Uint8Array {
    if (!Number.isInteger(length) || length < 0 || length > this.remaining)
      throw new CoreError('CURSOR_END', 'fewer bytes than announced', {
        params: { offset: this.offset, remaining: this.remaining },
      })
    const view = this.#bytes.subarray(this.offset, this.offset + length)
    this.offset += length
    return view
  }

  /** The next byte. @throws CoreError `CURSOR_END` */
  uint8(): number {
    return this.take(1)[0] as number
  }

  /** A big-endian 16-bit number. @throws CoreError `CURSOR_END` */
  uint16(): number {
    const pair = this.take(2)
    return ((pair[0] as number) << 8) | (pair[1] as number)
  }

  /** A big-endian 32-bit number. @throws CoreError `CURSOR_END` */
  uint32(): number {
    return this.uint16() * 65536 + this.uint16()
  }

  /** Everything that is left. */
  rest(): Uint8Array {
    return this.take(this.remaining)
  }
}
