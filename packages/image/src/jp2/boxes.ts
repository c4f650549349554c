import { ByteCursor } from '@cccd/core'
import { ImageError } from '../errors.js'

export interface Jp2Box {
  /** Four letters as a number, e.g. 0x6a703263 for `jp2c`. */
  readonly type: number
  readonly content: Uint8Array
}

/** The boxes that stand side by side (ISO/IEC 15444-1 I.4). @throws CoreError `CURSOR_END`, ImageError `IMAGE_CORRUPT` */
export function* boxes(bytes: Uint8Array): Generator<Jp2Box> {
  const cursor = new ByteCursor(bytes)
  while (cursor.remaining > 0) {
    const start = cursor.offset
    let length = cursor.uint32()
    const type = cursor.uint32()
    if (length === 1) length = cursor.uint32() * 2 ** 32 + cursor.uint32()
    const body = length === 0 ? cursor.remaining : start + length - cursor.offset
    if (body < 0) throw new ImageError('IMAGE_CORRUPT', 'box is shorter than its header')
    yield { type, content: cursor.take(body) }
  }
}
