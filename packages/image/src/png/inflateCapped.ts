import { Unzlib } from 'fflate'
import { ImageError } from '../errors.js'

const slice = 4096

/** Exactly `length` bytes inflated from zlib data. What would give more is stopped there, so a small file cannot cost gigabytes. */
export function inflateCapped(parts: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length)
  let at = 0
  const inflater = new Unzlib((chunk) => {
    const room = chunk.subarray(0, length - at)
    out.set(room, at)
    at += room.length
  })
  try {
    for (const part of parts)
      for (let from = 0; from < part.length && at < length; from += slice) inflater.push(part.subarray(from, from + slice), false)
  } catch (cause) {
    throw new ImageError('IMAGE_CORRUPT', 'compressed data is damaged', { cause })
  }
  if (at < length) throw new ImageError('IMAGE_CORRUPT', 'fewer scanlines than the header says')
  return out
}
