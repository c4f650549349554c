import { concatBytes } from '@cccd/core'
import { SimulatorError } from '../errors.js'

/** Commands are answered one by one; whoever sends this much without waiting does not speak the protocol. */
const maxBuffered = 4 * 0x10000

/** Cuts a byte stream into the frames of vpcd: two bytes of length, big-endian, then the payload. */
export class VpcdFrames {
  #buffer: Uint8Array = new Uint8Array()

  /** The frames that are complete after a chunk. @throws SimulatorError `SIMULATOR_VPCD_PROTOCOL` for an empty frame or a flood */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.#buffer.length + chunk.length > maxBuffered)
      throw new SimulatorError('SIMULATOR_VPCD_PROTOCOL', 'more data than a virtual reader sends', {
        params: { limit: maxBuffered },
      })
    this.#buffer = concatBytes(this.#buffer, chunk)
    const frames: Uint8Array[] = []
    let start = 0
    for (;;) {
      const [high, low] = this.#buffer.subarray(start, start + 2)
      if (high === undefined || low === undefined) break
      const length = (high << 8) | low
      if (length === 0) throw new SimulatorError('SIMULATOR_VPCD_PROTOCOL', 'empty frame')
      if (this.#buffer.length < start + 2 + length) break
      frames.push(this.#buffer.slice(start + 2, start + 2 + length))
      start += 2 + length
    }
    this.#buffer = this.#buffer.slice(start)
    return frames
  }
}

/** A payload as one frame. @throws RangeError over 65,535 bytes */
export function vpcdFrame(payload: Uint8Array): Uint8Array {
  if (payload.length > 0xffff) throw new RangeError('payload must have at most 65535 bytes')
  return concatBytes(Uint8Array.of(payload.length >> 8, payload.length & 0xff), payload)
}
